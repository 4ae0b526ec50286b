import Datasets
import Distributions
import LatentCore
import LatentModels
import LatentNN
import Torch

/// The two orderings of P019 on pictures, with networks of one hidden layer.
enum NonlinearCollapse {
  private static let (hidden, latent, top) = (128, 32, 16)

  static func measure(_ trial: Trial) throws -> [String: Double] {
    let (train, test) = try trial.pictures("mnist", train: 20_000, test: 1000)
    let held = Tensor.bernoulli(test, using: trial.generator(.test))
    let steps = trial.size(3000, quick: 3)
    let conditional = try [false, true].map { isSame in
      let method = PicturesUnderPictures(
        shape: Array(train.shape.dropFirst()), isSame: isSame,
        using: trial.generator(.initialisation))
      try trial.train(method, on: train, steps: steps, batchSize: 100)
      return method.activeUnits(held, under: test)
    }
    let hierarchical = try [1, nil].map { deviation in
      let network = hierarchy(train.shape, deviation, using: trial.generator(.initialisation))
      try trial.train(
        VariationalMethod(network, objective: ELBO()), on: train, steps: steps, batchSize: 100)
      return activeTop(network, held)
    }
    return [
      "mnist-conditional": Double(conditional[0] - conditional[1]),
      "mnist-hierarchy": Double(hierarchical[0] - hierarchical[1]),
    ]
  }

  private static func hierarchy(
    _ shape: [Int], _ deviation: Double?, using generator: Generator
  ) -> Autoencoder {
    let plain = denseVAE(
      exampleShape: Array(shape.dropFirst()), hidden: [hidden], latent: latent, using: generator)
    let bottleneck = HierarchicalBottleneck(
      features: hidden, size: latent, top: top, hidden: [64], topDeviation: deviation,
      using: generator)
    return Autoencoder(encoder: plain.encoder, bottleneck: bottleneck, decoder: plain.decoder)
  }

  private static func activeTop(_ network: Autoencoder, _ held: Tensor) -> Int {
    withoutGradients {
      guard let posterior = network.posterior(of: held) as? HierarchicalPosterior else { return 0 }
      return active(posterior.upper(posterior.lower.mean).mean)
    }
  }

  private static func active(_ means: Tensor) -> Int {
    (means.variance(dims: [0]) .> 0.01).to(.int64).sum().integerItem()
  }

  /// A conditional model of pictures given the same picture, or another one, at half its resolution.
  private final class PicturesUnderPictures: Method {
    let network: ConditionalAutoencoder
    private let isSame: Bool

    init(shape: [Int], isSame: Bool, using generator: Generator) {
      self.isSame = isSame
      let elements = shape.reduce(1, *)
      let encoder = denseEncoder(elements, hidden: [hidden], using: generator)
      let bottleneck = ConditionalBottleneck(
        features: hidden, size: latent, conditions: elements / 4, using: generator)
      let decoder = denseDecoder(
        bottleneck.codeShape[0], hidden: [hidden], outputs: elements, using: generator)
      network = ConditionalAutoencoder(
        encoder: encoder, bottleneck: bottleneck,
        decoder: NetworkDecoder(
          decoder, likelihood: BernoulliLikelihood(), exampleShape: shape))
    }

    var model: Module { network }
    var selection: Selection { Selection(term: "elbo", isBetterWhenLarger: true) }

    func terms(_ batch: Batch, _ step: Step) -> Terms {
      ELBO().terms(Pass(network.under(condition(batch.examples)), batch, step))
    }

    func activeUnits(_ examples: Tensor, under pictures: Tensor) -> Int {
      withoutGradients {
        let codes = network.under(condition(pictures)).posterior(of: examples).representative
        return active(codes[.all, 0..<latent])
      }
    }

    private func condition(_ pictures: Tensor) -> Tensor {
      let small = averagePool(pictures, size: [2, 2]).flattened(from: 1)
      return isSame ? small : small.rolled(1, dim: 0)
    }
  }
}
