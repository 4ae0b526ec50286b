import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// Autoencoders of MNIST, and linear classifiers of Fashion-MNIST behind encoders of autoencoders, all with the same
/// layers: those of a pair differ in their initial weights and in the order of the batches.
struct StitchingExperiment {
  static let codeSize = 50
  private let trial: Trial
  private let anchorCount: Int

  /// The networks of a trial.
  init(_ trial: Trial) {
    self.trial = trial
    anchorCount = trial.size(300, quick: 20)
  }

  /// The first examples of a set, to train and to measure on; the package's digits for a quick run.
  func examples(_ name: String) throws -> (train: Batch, held: Batch) {
    let splits = try DatasetRegistry.open(trial.isQuick ? "digits" : name)
    let test = try splits.test()
    let count = trial.size(10_000, quick: 200)
    return (
      try splits.train.batch(Array(0..<count)),
      try test.batch(Array(0..<trial.size(2000, quick: 80)))
    )
  }

  /// An autoencoder of 256 hidden units, its codes relative or not, trained from a seed of its own.
  func autoencoder(
    _ data: Batch, isRelative: Bool, member: UInt64
  ) throws -> ReconstructiveMethod {
    let generator = Generator(seed: initial(member))
    let shape = Array(data.examples.shape.dropFirst())
    let elements = shape.reduce(1, *)
    let encoder = denseEncoder(elements, hidden: [256], using: generator)
    let middle: any Bottleneck =
      isRelative
      ? bottleneck(shape, using: generator)
      : DeterministicBottleneck(features: 256, size: Self.codeSize, using: generator)
    let network = Autoencoder(
      encoder: encoder, bottleneck: middle,
      decoder: NetworkDecoder(
        denseDecoder(
          middle.codeShape[0], hidden: [256], outputs: elements, using: generator),
        likelihood: SquaredErrorCost(), exampleShape: shape))
    let method =
      isRelative
      ? RelativeAutoencoder(network) : ReconstructiveMethod(reconstructing: network)
    try train(method, data, steps: 1500, member: member)
    return method
  }

  /// A linear head behind the frozen encoder of a plain autoencoder, trained from a seed of its own.
  ///
  /// As the source, which trains heads on codes of frozen encoders. Its cosines are those of centred codes: codes of
  /// autoencoders lie to one side of the origin, and small differences of nearly equal cosines are not stable.
  func classifier(
    _ data: Batch, behind encoder: ReconstructiveMethod, isRelative: Bool, member: UInt64
  ) throws -> CodeClassifier {
    let generator = Generator(seed: initial(member) ^ 1)
    let parts = encoder.autoencoder
    var middle = parts.bottleneck
    if isRelative, let own = middle as? DeterministicBottleneck {
      let relative = bottleneck(
        Array(data.examples.shape.dropFirst()), similarity: .centredCosine, using: generator)
      try relative.code.load(own.code.state)
      middle = relative
    }
    let network = ClassifierNetwork(
      encoder: parts.encoder, bottleneck: middle,
      head: denseStack([middle.codeShape[0], 10], activateLast: false, using: generator))
    let method = CodeClassifier(
      network, classNames: (0..<10).map(String.init), isEncoderFrozen: true)
    try train(method, data, steps: 1500, member: member)
    return method
  }

  private func initial(_ member: UInt64) -> UInt64 {
    SeedPurpose.initialisation.seed(for: trial.seed * 1000 + member)
  }

  private func bottleneck(
    _ shape: [Int], similarity: RelativeCoordinates = .cosine, using generator: Generator
  ) -> RelativeBottleneck {
    RelativeBottleneck(
      features: 256, size: Self.codeSize, anchors: anchorCount, exampleShape: shape,
      similarity: similarity, using: generator)
  }

  /// Adam with a cosine to zero on batches of 128, after the anchors were taken from the training examples.
  private func train(
    _ method: any Method, _ data: Batch, steps full: Int, member: UInt64
  ) throws {
    let steps = trial.size(full, quick: 5)
    let shape = Array(data.examples.shape.dropFirst())
    try (method as? any Prepares)?.prepare(
      TensorDataset(
        name: "training", schema: DatasetSchema(.greyImage, shape: shape), examples: data.examples))
    let order = Generator(seed: SeedPurpose.order.seed(for: trial.seed * 1000 + member))
    try trial.train(
      method, on: data, steps: steps, learningRate: .cosine(from: 1e-3, to: 0, steps: steps),
      order: order)
  }
}
