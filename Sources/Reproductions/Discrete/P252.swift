import Datasets
import Evaluation
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P252: a codebook keeps its codes where a Gaussian code collapses, and a learned prior makes them short.
///
/// **Source**: van den Oord, Vinyals and Kavukcuoglu 2017, arXiv 1711.00937.
public struct NeuralDiscreteRepresentations: Reproduction {
  private static let sizes = PixelCNNSizes(width: 16, blocks: 1, scales: 2)
  private static let (batch, entries) = (32, 64)

  /// The experiment.
  public init() {}

  /// `P252`.
  public var paper: String { "P252" }
  /// The claim.
  public var claim: String {
    "Behind a strong autoregressive decoder a Gaussian code collapses while vector-quantised codes keep "
      + "what the picture shows, and an autoregressive prior over the codes makes them short and samples good."
  }
  /// What it is measured against.
  public var baseline: String {
    "A Gaussian VAE with the same PixelCNN decoder; chance; codes of log2 K bits; samples of uniform codes."
  }
  /// The data.
  public var data: String {
    "Fashion-MNIST at 14×14 (means of 2×2 pixels, 8 bits): 10,000 to train, 2000 of the test set (1000 to fit "
      + "the probe, 500 to choose its penalty, 500 to judge it); 64 entries of 8 numbers, 7×7 codes; 500 steps "
      + "of 32 with the PixelCNN decoder, 1000 with convolutions and 1000 for the prior; 1000 samples"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance; «far above chance» is half of the labels against a tenth.
  public var criteria: [Criterion] {
    [
      Criterion(
        "gaussian-rate", .atMost(0.1), unit: "nat", "test KL of the Gaussian VAE, PixelCNN decoder"),
      Criterion(
        "vq-probe", .atLeast(0.5),
        "test accuracy of a linear probe of the VQ codes, PixelCNN decoder; chance is 0.1"),
      Criterion(
        "code-length", .atMost(1), "test bits a code under the learned prior ÷ log2 K"),
      Criterion(
        "frechet", .atMost(1),
        "Fréchet distance to test pictures of samples by the learned prior ÷ by uniform codes"),
    ]
  }

  /// All parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let splits = try DatasetRegistry.open(trial.isQuick ? "digits" : "fashion-mnist")
    func first(_ count: Int, of data: any Dataset) throws -> Batch {
      var batch = try data.batch(Array(0..<min(count, data.count)))
      if !trial.isQuick { batch.examples = averagePool(batch.examples, size: [2, 2]) }
      return batch
    }
    let train = try first(trial.size(10_000, quick: 200), of: splits.train)
    let test = try first(trial.size(2000, quick: 200), of: splits.test())
    let gaussian = try gaussianRate(train.examples, test.examples, trial)
    let probe = try probe(train.examples, test, trial)
    let (ratio, frechet) = try prior(train, test.examples, trial)
    return [
      "gaussian-rate": gaussian, "vq-probe": probe, "code-length": ratio, "frechet": frechet,
    ]
  }

  /// The test KL of a Gaussian code of 16 numbers behind the PixelCNN decoder.
  private func gaussianRate(_ train: Tensor, _ test: Tensor, _ trial: Trial) throws -> Double {
    let shape = Array(train.shape.dropFirst())
    let initial = trial.generator(.initialisation)
    let encoder = denseEncoder(shape.reduce(1, *), hidden: [200], using: initial)
    let bottleneck = GaussianBottleneck(features: 200, size: 16, using: initial)
    let decoder = AutoregressiveDecoder(
      latent: 16, exampleShape: shape, sizes: Self.sizes, using: initial)
    let method = VariationalMethod(
      Autoencoder(encoder: encoder, bottleneck: bottleneck, decoder: decoder), objective: ELBO())
    try trial.train(
      method, on: train, steps: trial.size(500, quick: 3), batchSize: Self.batch,
      learningRate: 2e-3)
    return withoutGradients {
      let draw = method.autoencoder.posterior(of: test).draw(using: trial.generator(.validation))
      return draw.rates[0].perExample.mean().item()
    }
  }

  /// How well a linear classifier reads the classes from the codewords behind the PixelCNN decoder.
  private func probe(_ train: Tensor, _ test: Batch, _ trial: Trial) throws -> Double {
    let shape = Array(train.shape.dropFirst())
    let initial = trial.generator(.initialisation)
    let plan = ResidualPlan(halvings: 1, channels: 32, blocks: 1)
    let (encoder, quantizer) = Self.codes(plan, shape, using: initial)
    let conditioner = plan.decoder(8, outputs: 16, using: initial)
    let model = AutoregressiveModel(
      shape: shape, levels: 256, condition: 16, sizes: Self.sizes, using: initial
    ) { width, generator in
      LogisticMixtureHead(
        width: width, channels: shape[0], levels: 256, mixtures: 5, using: generator)
    }
    let method = AutoencoderMethod(
      Autoencoder(
        encoder: encoder, bottleneck: quantizer,
        decoder: AutoregressiveDecoder(conditioner: conditioner, model: model, codeRank: 3)),
      objective: Distortion())
    try trial.train(
      method, on: train, steps: trial.size(500, quick: 3), batchSize: Self.batch,
      learningRate: 2e-3)
    let codes = withoutGradients { method.encode(test.examples).flattened(from: 1) }
    let labels = test.labels ?? Tensor.zeros([codes.size(0)], dtype: .int64)
    let (half, end) = (codes.size(0) / 2, codes.size(0))
    func part(_ rows: Range<Int>) throws -> LabelledCodes {
      try LabelledCodes(codes: codes[rows], labels: labels[rows])
    }
    let middle = (half + end) / 2
    let probe = try LinearProbe(train: part(0..<half), validation: part(half..<middle))
    return probe.accuracy(on: try part(middle..<end))
  }

  /// Bits a code of the learned prior over log2 K, and its samples' Fréchet distance over that of uniform
  /// codes, with a decoder of convolutions.
  private func prior(
    _ train: Batch, _ test: Tensor, _ trial: Trial
  ) throws -> (length: Double, frechet: Double) {
    let shape = Array(train.examples.shape.dropFirst())
    let initial = trial.generator(.initialisation)
    let plan = ResidualPlan(halvings: 1, channels: 32, blocks: 1)
    let (encoder, quantizer) = Self.codes(plan, shape, using: initial)
    let decoder = NetworkDecoder(
      plan.decoder(8, outputs: shape[0], using: initial),
      likelihood: GaussianLikelihood(standardDeviation: 0.2), exampleShape: shape, codeRank: 3)
    let steps = trial.size(1000, quick: 3)
    let method = VQVAE(
      encoder: encoder, quantizer: quantizer, decoder: decoder,
      prior: codePrior(
        grid: quantizer.grid, entries: Self.entries,
        sizes: PixelCNNSizes(width: 32, blocks: 1, scales: 1), using: initial),
      autoencoderSteps: steps)
    try trial.train(
      method, on: train.examples, steps: 2 * steps, batchSize: Self.batch, learningRate: 2e-3)
    return try withoutGradients {
      let bits = method.codeLength(test).mean().item() / Double(method.codesPerExample)
      let count = trial.size(1000, quick: 80)
      let noise = trial.generator(.figures)
      let learned = method.sample(count, using: noise)
      let codes = method.network.autoencoder.samplePrior(count, using: noise)
      let uniform = method.network.autoencoder.decoder.mean(codes)
      let network = try Self.featureNetwork(train, trial)
      let reference = try network.features(of: test[0..<min(count, test.size(0))])
      let distance = try frechetDistance(network.features(of: learned), reference)
      let other = try frechetDistance(network.features(of: uniform), reference)
      let most = log2(Tensor(Double(Self.entries))).item()
      return (bits / most, distance / other)
    }
  }

  /// The network of the training pictures, whose features distances are measured in; the same for all seeds.
  private static func featureNetwork(_ train: Batch, _ trial: Trial) throws -> FeatureNetwork {
    let shape = Array(train.examples.shape.dropFirst())
    let data = try TensorDataset(
      name: "fashion-mnist",
      schema: DatasetSchema(
        .greyImage, shape: shape, range: 0...1, classNames: (0..<10).map { "\($0)" }),
      examples: train.examples, labels: train.labels)
    guard trial.isQuick else { return try FeatureNetwork(for: data) }
    let folder = NSTemporaryDirectory() + "swift-latent-quick"
    return try FeatureNetwork(for: data, folder: folder, steps: 3)
  }

  /// Encoder and codebook of 8 numbers an entry.
  private static func codes(
    _ plan: ResidualPlan, _ shape: [Int], using generator: Generator
  ) -> (Sequential, VectorQuantizer) {
    let encoder = plan.encoder(shape[0], size: 8, using: generator)
    let quantizer = VectorQuantizer(
      CodebookOptions(entries: entries, size: 8), grid: plan.grid(of: shape) ?? [1, 1],
      using: generator)
    return (encoder, quantizer)
  }
}
