import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// Pictures with classes in memory, one small encoder for all methods, and what its features are worth.
struct SelfSupervisedExperiment {
  static let widths = [16, 32, 32, 32]

  /// What methods learn from, without the labels.
  let training: Batch
  /// What features are measured on.
  let held: Batch
  /// What a view is.
  let views: Views
  private let steps: Int
  private let trial: Trial

  init(training: Batch, held: Batch, views: Views, steps: Int, _ trial: Trial) {
    self.training = training
    self.held = held
    self.views = views
    self.steps = steps
    self.trial = trial
  }

  /// Fashion-MNIST, mirrored and cropped; the package's digits where only the code path is wanted.
  static func fashion(_ trial: Trial) throws -> SelfSupervisedExperiment {
    let splits = try DatasetRegistry.open(trial.isQuick ? "digits" : "fashion-mnist")
    let test = try splits.test()
    let count = min(splits.train.count, trial.size(5000, quick: 100))
    let warp = RandomWarp(area: 0.3, aspect: 4.0 / 3, flip: 0.5)
    return SelfSupervisedExperiment(
      training: try splits.train.batch(Array(0..<count)),
      held: try test.batch(Array(0..<min(test.count, trial.size(10_000, quick: 100)))),
      views: Views([.warp(warp), .jitter(brightness: 0.2, contrast: 0.2, saturation: 0)]),
      steps: trial.size(1000, quick: 2), trial)
  }

  /// Sprites in the middle of 28 × 28 pixels, of every size and angle, cropped, turned a little and mirrored.
  static func shapes(_ trial: Trial) throws -> SelfSupervisedExperiment {
    let sprites = try SpriteDataset(SpriteGrid(scales: 12, angles: 100, positions: 1))
    let rows = Tensor.randperm(sprites.count, using: trial.generator(.test)).scalars(as: Int.self)
    let middle = Transform.cropCentre(height: 28, width: 28)
    func part(_ rows: ArraySlice<Int>) throws -> Batch {
      middle.apply(to: try sprites.batch(Array(rows)), using: trial.generator(.test))
    }
    let (count, held) = (trial.size(2400, quick: 100), trial.size(1200, quick: 100))
    let warp = RandomWarp(area: 0.4, aspect: 4.0 / 3, flip: 0.5, degrees: 30)
    return SelfSupervisedExperiment(
      training: try part(rows[..<count]), held: try part(rows[count..<count + held]),
      views: Views([.warp(warp), .jitter(brightness: 0.4, contrast: 0.4, saturation: 0)]),
      steps: trial.size(1000, quick: 2), trial)
  }

  /// An encoder and its head; `generator` draws the weights.
  func network(using generator: Generator) -> ProjectedEncoder {
    let shape = Array(training.examples.shape.dropFirst())
    let encoder = pooledEncoder(
      .conv, exampleShape: shape, widths: Self.widths, using: generator)
    return ProjectedEncoder(
      encoder, features: Self.widths[Self.widths.count - 1], projection: 64, hidden: 256,
      using: generator)
  }

  /// BYOL after training on batches of 128, or of 128 in `parts` whose statistics are their own, with the trial's
  /// initial weights; `decay` is τ at the start, nil for a target equal to the online network.
  func byol(parts: Int = 1, predictor: Bool = true, decay: Double? = 0.97) throws -> BYOL {
    let method = BYOL(
      views: views, decay: decay.map { .cosine(from: $0, to: 1, steps: steps) } ?? 0,
      predictor: predictor ? 256 : nil, using: trial.generator(.initialisation)
    ) { network(using: $0) }
    try train(method, parts: parts)
    return method
  }

  /// SimCLR after the same training.
  func simCLR(parts: Int = 1) throws -> SimCLR {
    let method = SimCLR(
      network(using: trial.generator(.initialisation)), views: views, temperature: 0.2)
    try train(method, parts: parts)
    return method
  }

  private func train(_ method: any Method, parts: Int) throws {
    let rise = max(1, steps / 10)
    let rate = Schedule.cosine(from: 4e-3, steps: steps - rise).warmedUp(over: rise)
    try trial.train(
      method, on: training.examples, steps: steps, batchSize: trial.size(128, quick: 32),
      parts: parts, learningRate: rate)
  }

  /// The accuracy of a linear classifier on held-out features in points, of one fitted to the training pictures'.
  func probe(_ encode: (Tensor) -> Tensor) throws -> Double {
    func codes(_ batch: Batch) throws -> LabelledCodes {
      let parts = withoutGradients { batch.examples.split(1000).map(encode) }
      return try LabelledCodes(
        codes: concatenated(parts), labels: batch.labels ?? Tensor.zeros([0]))
    }
    let known = try codes(training).stratified([0.8, 0.2], using: trial.generator(.validation))
    let probe = try LinearProbe(
      train: known[0], validation: known[1], penalties: [0.01, 0.1, 1, 10])
    return 100 * probe.accuracy(on: try codes(held))
  }

  /// The probe of initial weights, the batch statistics those of the training pictures.
  func randomProbe() throws -> Double {
    let encoder = network(using: trial.generator(.initialisation)).encoder
    withoutGradients {
      LatentNN.training(encoder) { for part in training.examples.split(128) { _ = encoder(part) } }
    }
    return try probe { encoder($0) }
  }

  /// The variance of the held-out pictures' projections, each of length 1: 1 − ‖mean‖².
  func variance(_ network: ProjectedEncoder) -> Double {
    withoutGradients {
      let codes = concatenated(held.examples.split(1000).map { network($0).projection })
      return squared(sphericalDeviation(codes)).item()
    }
  }
}
