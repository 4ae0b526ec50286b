import Datasets
import Evaluation
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// MNIST in memory with one small network for all methods, and the measures of samples and codes.
///
/// Where only the code path is wanted, the package's own digits take MNIST's place, so that no files are needed.
struct PictureExperiment {
  /// What methods learn from.
  let training: Batch
  /// What they are measured on.
  let held: Batch
  private let source: any Dataset
  private let trial: Trial

  /// The first `train` and `test` examples of the two parts; throws what opening the set throws.
  init(_ trial: Trial, train: Int = 10_000, test: Int = 2000) throws {
    let splits = try DatasetRegistry.open(trial.isQuick ? "digits" : "mnist")
    let judged = try splits.test()
    source = splits.train
    let count = trial.size(train, quick: 200)
    training = try source.batch(Array(0..<count))
    held = try judged.batch(Array(0..<trial.size(test, quick: 80)))
    self.trial = trial
  }

  /// The shape of an example.
  var shape: [Int] { source.schema.exampleShape }

  /// A network of dense layers with the trial's initial weights; `bottleneck` stands behind `hidden.last`
  /// features.
  func network(
    hidden: [Int] = [256, 128], likelihood: any Likelihood,
    bottleneck: (_ features: Int, _ generator: Generator) -> any Bottleneck
  ) -> Autoencoder {
    let generator = trial.generator(.initialisation)
    let elements = shape.reduce(1, *)
    let encoder = denseEncoder(elements, hidden: hidden, using: generator)
    let middle = bottleneck(hidden.last ?? elements, generator)
    let decoder = denseDecoder(
      middle.codeShape.reduce(1, *), hidden: hidden.reversed(), outputs: elements,
      using: generator)
    return Autoencoder(
      encoder: encoder, bottleneck: middle,
      decoder: NetworkDecoder(decoder, likelihood: likelihood, exampleShape: shape))
  }

  /// A VAE of grey values, with the binary cross-entropy of the papers.
  func variational(size: Int) -> Autoencoder {
    network(likelihood: BernoulliLikelihood(binarisation: .none)) { features, generator in
      GaussianBottleneck(features: features, size: size, using: generator)
    }
  }

  /// An autoencoder without noise, with squared error.
  func deterministic(size: Int, prior: CodePrior = .gaussian) -> Autoencoder {
    network(likelihood: SquaredErrorCost()) { features, generator in
      DeterministicBottleneck(
        features: features, size: size, prior: prior.distribution(size: size), using: generator)
    }
  }

  /// The method after `steps` batches.
  func trained(
    _ network: Autoencoder, _ objective: any Objective, steps: Int, batchSize: Int = 100
  ) throws -> AutoencoderMethod {
    let method = AutoencoderMethod(network, objective: objective)
    try trial.train(
      method, on: training.examples, steps: trial.size(steps, quick: 5), batchSize: batchSize,
      learningRate: .cosine(from: 1e-3, to: 1e-4, steps: steps))
    return method
  }

  /// Squared error of the held examples' reconstructions, summed over pixels, mean over examples.
  func reconstructionError(of method: AutoencoderMethod) -> Double {
    withoutGradients {
      squared(method.reconstruct(held.examples) - held.examples).flattened(from: 1).sum(dim: 1)
        .mean().item()
    }
  }

  /// Fréchet distance of as many samples as held examples, in the features of the set's own network.
  func frechetDistance(of method: AutoencoderMethod) throws -> Double {
    let folder =
      trial.isQuick ? NSTemporaryDirectory() + "/latent-quick" : FeatureNetwork.defaultFolder
    let network = try FeatureNetwork(
      for: source, folder: folder, steps: trial.size(800, quick: 5))
    let samples = withoutGradients {
      method.sample(held.count, using: trial.generator(.figures))
    }
    return try Evaluation.frechetDistance(
      network.features(of: samples), network.features(of: held.examples))
  }

  /// The held examples' codes, `[n, d]`: a draw each where the posterior has noise.
  func heldCodes(of method: AutoencoderMethod) -> Tensor {
    withoutGradients {
      method.autoencoder.posterior(of: held.examples).draw(using: trial.generator(.validation))
        .codes
    }
  }
}
