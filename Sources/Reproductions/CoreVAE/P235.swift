import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P235: logistic mixtures, several scales with short-cuts and dropout make a better PixelCNN.
///
/// **Source**: Salimans, Karpathy, Chen and Kingma 2017, arXiv 1701.05517.
public struct PixelCNNPlusPlus: Reproduction {
  private static let batch = 32

  /// The experiment.
  public init() {}

  /// `P235`.
  public var paper: String { "P235" }
  /// The claim.
  public var claim: String {
    "The discretised logistic mixture learns faster than a 256-way softmax, short-cuts across scales lower "
      + "the bits a dimension, and dropout keeps a model of few pictures from learning them by heart."
  }
  /// What it is measured against.
  public var baseline: String {
    "The same network with a softmax at equal processor time; without short-cuts and without dropout at "
      + "equal steps."
  }
  /// The data.
  public var data: String {
    "Fashion-MNIST at 14×14 (means of 2×2 pixels, 8 bits), 10,000 to train, 1000 of the test set; scenes "
      + "(rendered, RGB) 16×16, 4000 and 500; 2000 pictures of 14×14 for dropout; 16 channels, 1 block, "
      + "2 scales; 300 steps of 32, 600 for dropout"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance.
  public var criteria: [Criterion] {
    [
      Criterion(
        "sum-to-one", .atMost(1e-5), "largest |Σ P − 1| over the 256 values, at trained features"),
      Criterion("later-pixels", .atMost(0), "largest gradient from a pixel's own or later places"),
    ]
      + ["fashion", "scenes"].flatMap { name in
        [
          Criterion(
            "\(name)-softmax", .atLeast(0), unit: "bit/dim",
            "test bits of the softmax − of the mixture, equal processor time"),
          Criterion(
            "\(name)-shortcuts", .atLeast(0), unit: "bit/dim",
            "test bits without short-cuts − with them, equal steps"),
        ]
      } + [
        Criterion(
          "dropout", .atLeast(0), unit: "bit/dim",
          "test − training bits on 2000 pictures, without dropout − with dropout 0.5")
      ]
  }

  /// All parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    var fashion = try trial.pictures("fashion-mnist", train: 10_000, test: 1000)
    if !trial.isQuick {
      fashion = (
        averagePool(fashion.train, size: [2, 2]), averagePool(fashion.test, size: [2, 2])
      )
    }
    let scenes = try SceneDataset(SceneGrid(size: 16))
    let rows = Tensor.randperm(scenes.count, using: trial.generator(.test)).scalars(as: Int.self)
    let (count, held) = (trial.size(4000, quick: 16), trial.size(500, quick: 8))
    let colour = (
      train: try scenes.batch(Array(rows[..<count])).examples,
      test: try scenes.batch(Array(rows[count..<count + held])).examples
    )
    var numbers: [String: Double] = [:]
    for (name, data) in [("fashion", fashion), ("scenes", colour)] {
      let (mixture, seconds) = try trained(data.train, trial)
      let bits = Self.bits(mixture, data.test)
      if name == "fashion" {
        numbers["sum-to-one"] = Self.excess(mixture, data.test)
        numbers["later-pixels"] = Self.leak(mixture, data.test)
      }
      let (softmax, _) = try trained(data.train, trial, isSoftmax: true, seconds: seconds)
      numbers["\(name)-softmax"] = Self.bits(softmax, data.test) - bits
      let (plain, _) = try trained(data.train, trial, hasShortcuts: false)
      numbers["\(name)-shortcuts"] = Self.bits(plain, data.test) - bits
    }
    let few = fashion.train[0..<min(2000, fashion.train.size(0))]
    func gap(_ dropout: Double) throws -> Double {
      let (method, _) = try trained(few, trial, dropout: dropout, steps: trial.size(600, quick: 3))
      return Self.bits(method, fashion.test) - Self.bits(method, few)
    }
    numbers["dropout"] = try gap(0) - gap(0.5)
    return numbers
  }

  /// A model trained for some steps, or for as long as `seconds` of processor time.
  private func trained(
    _ examples: Tensor, _ trial: Trial, isSoftmax: Bool = false, hasShortcuts: Bool = true,
    dropout: Double = 0, steps: Int? = nil, seconds: Double? = nil
  ) throws -> (PixelCNN, seconds: Double) {
    let shape = Array(examples.shape.dropFirst())
    let model = AutoregressiveModel(
      shape: shape, levels: 256,
      sizes: PixelCNNSizes(
        width: 16, blocks: 1, scales: 2, dropout: dropout, hasShortcuts: hasShortcuts),
      using: trial.generator(.initialisation)
    ) { width, generator -> any PixelHead in
      if isSoftmax {
        return SoftmaxHead(width: width, channels: shape[0], levels: 256, using: generator)
      }
      return LogisticMixtureHead(
        width: width, channels: shape[0], levels: 256, mixtures: 5, using: generator)
    }
    let method = PixelCNN(model)
    let steps = steps ?? trial.size(300, quick: 3)
    let start = processorSeconds()
    do {
      // A limit in time may allow for more steps than there are for others.
      try trial.train(
        method, on: examples, steps: seconds == nil ? steps : 10 * steps, batchSize: Self.batch,
        learningRate: 2e-3
      ) { _ in
        if let seconds, processorSeconds() - start >= seconds { throw TimeIsUp() }
      }
    } catch is TimeIsUp {}
    return (method, processorSeconds() - start)
  }

  /// Bits a dimension over all examples.
  private static func bits(_ method: PixelCNN, _ examples: Tensor) -> Double {
    withoutGradients {
      let parts = examples.split(250).map {
        method.score($0, using: Generator(seed: 0)).to(.float64)
      }
      let elements = Double(examples.count / examples.size(0))
      return -concatenated(parts).mean().item() / (elements * 0.693_147_180_559_945_3)
    }
  }

  /// The largest |Σ P − 1| of the trained head over features of pictures.
  private static func excess(_ method: PixelCNN, _ examples: Tensor) -> Double {
    withoutGradients {
      let pictures = examples[0..<4]
      let features = method.network.network(2 * pictures - 1).permuted([0, 2, 3, 1])
        .flattened(from: 0, through: 2)
      let rows = features.size(0)
      let values = Tensor.arange(256, dtype: .int64).reshaped([256, 1, 1]).expanded([256, rows, 1])
      let all = features.expanded([256] + features.shape)
      let sums = exp(method.network.head.logProbability(values, features: all).to(.float64)).sum(
        dim: 0)
      return abs(sums - 1).max().item()
    }
  }

  /// The largest gradient that a place's features have from itself or from later places.
  private static func leak(_ method: PixelCNN, _ examples: Tensor) -> Double {
    let picture = 2 * examples[0..<1] - 1
    let (height, width) = (picture.size(2), picture.size(3))
    let places = stride(from: 0, to: height * width, by: 7)
    return places.map { place in
      let slope = gradient(at: picture) {
        method.network.network($0)[.all, .all, place / width, place % width].sum()
      }
      return abs(slope.flattened()[place...]).max().item()
    }.max() ?? .infinity
  }
}

/// Ends a training whose time is used up.
private struct TimeIsUp: Error {}
