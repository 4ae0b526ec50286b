import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import Torch

/// P032: a Gaussian and a categorical channel, each with a capacity, find slant and digit without labels.
///
/// **Source**: Dupont 2018, arXiv 1804.00104, sections 3 and 4. A seed trains two small networks.
public struct JointRepresentations: Reproduction {
  private static let size = 10
  private static let steps = 9000
  private static let rise = 7000
  private static let hidden = [500, 256]

  /// The experiment.
  public init() {}

  /// `P032`.
  public var paper: String { "P032" }
  /// The claim.
  public var claim: String {
    "With a rising capacity for each channel the rates follow their targets, the categorical code finds the digit "
      + "and a continuous axis the slant."
  }
  /// What it is measured against.
  public var baseline: String {
    "β-VAE with β = 4, the same layers, data and steps, and k-means of its codes."
  }
  /// The data.
  public var data: String {
    "MNIST: the first 30,000 training images and the first 5,000 test images, no labels in training"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Five.
  public var seeds: Int { 5 }

  /// The catalogue's acceptance.
  public var criteria: [Criterion] {
    [
      Criterion(
        "continuous-tracking", .atMost(0.1),
        "|Gaussian rate of held-out images − target| ÷ target, mean over ten targets of 0.5 to 5 nats"
      ),
      Criterion(
        "discrete-tracking", .atMost(0.1),
        "|categorical rate of held-out images − target| ÷ target, mean over ten targets of 0.5 to 2.3 nats"
      ),
      Criterion(
        "digit-accuracy", .atLeast(0.7),
        "share of held-out images whose category is its digit's under the best assignment"),
      Criterion(
        "over-k-means", .atLeast(0), "digit accuracy − that of k-means of β-VAE's codes, 10 groups"),
      Criterion(
        "slant", .atLeast(0.5),
        "largest |correlation| of a continuous axis with the slant of held-out images"),
    ]
  }

  /// All five.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let pictures = try PictureExperiment(trial, train: 30_000, test: 5000)
    let network = pictures.network(
      hidden: Self.hidden, likelihood: BernoulliLikelihood(binarisation: .none)
    ) { features, generator in
      jointBottleneck(
        features: features, size: Self.size, categories: [10], using: generator)
    }
    let rise = trial.size(Self.rise, quick: 20)
    let objective = jointObjective(
      continuous: (30, 5), discrete: (30, 5), categories: [10], steps: rise)
    let method = AutoencoderMethod(network, objective: objective)
    let channels = ["", "-discrete"]
    var errors: [[Double]] = [[], []]
    let steps = trial.size(Self.steps, quick: 22)
    try trial.train(
      method, on: pictures.training.examples, steps: steps, batchSize: 64, learningRate: 5e-4
    ) { step in
      guard step <= rise, (step * 10).isMultiple(of: rise) else { return }
      let place = Step(
        index: step, epoch: 0, exampleCount: pictures.held.count,
        generator: trial.generator(.validation))
      let terms = withoutGradients {
        objective.terms(Pass(method.autoencoder, pictures.held, place))
      }
      for (index, suffix) in channels.enumerated() {
        let rate = terms["rate\(suffix)"]?.value.item() ?? .nan
        let target = terms["capacity\(suffix)"]?.value.item() ?? .nan
        errors[index].append(Swift.abs(rate - target) / target)
      }
    }
    let codes = withoutGradients { method.encode(pictures.held.examples) }
    let digits = pictures.held.labels ?? Tensor(0)
    let width = Self.size
    let accuracy = try ClusteringScores(
      groups: codes[.all, width..<width + 10].argMax(dim: 1), classes: digits
    ).accuracy
    return [
      "continuous-tracking": errors[0].reduce(0, +) / Double(errors[0].count),
      "discrete-tracking": errors[1].reduce(0, +) / Double(errors[1].count),
      "digit-accuracy": accuracy,
      "over-k-means": try accuracy - grouped(pictures, trial, steps: steps),
      "slant": Self.largestCorrelation(
        codes[.all, 0..<width], Self.slants(of: pictures.held.examples)),
    ]
  }

  /// The digit accuracy of k-means on the codes of a β-VAE.
  private func grouped(
    _ pictures: PictureExperiment, _ trial: Trial, steps: Int
  ) throws -> Double {
    let network = pictures.network(
      hidden: Self.hidden, likelihood: BernoulliLikelihood(binarisation: .none)
    ) { features, generator in
      GaussianBottleneck(features: features, size: Self.size, using: generator)
    }
    let method = AutoencoderMethod(network, objective: ELBO(beta: 4))
    try trial.train(
      method, on: pictures.training.examples, steps: steps, batchSize: 64, learningRate: 5e-4)
    let codes = withoutGradients { method.encode(pictures.held.examples) }
    let groups = try KMeans(codes, k: 10, using: trial.generator(.test)).assignments
    return try ClusteringScores(groups: groups, classes: pictures.held.labels ?? Tensor(0))
      .accuracy
  }

  /// The shear of each picture `[n, 1, h, w]`: Σ m (x − x̄)(y − ȳ) ÷ Σ m (y − ȳ)² with grey values m.
  static func slants(of pictures: Tensor) -> Tensor {
    let mass = pictures.squeezed(dim: 1).to(.float64)
    let (height, width) = (mass.size(1), mass.size(2))
    let y = Tensor.arange(height).to(.float64).reshaped([1, height, 1])
    let x = Tensor.arange(width).to(.float64).reshaped([1, 1, width])
    func mean(_ values: Tensor) -> Tensor {
      (mass * values).sum(dims: [1, 2], keepDim: true) / mass.sum(dims: [1, 2], keepDim: true)
    }
    let (dx, dy) = (x - mean(x), y - mean(y))
    return (mean(dx * dy) / mean(dy * dy)).flattened()
  }

  /// The largest |correlation| of a column of codes `[n, d]` with numbers `[n]`.
  private static func largestCorrelation(_ codes: Tensor, _ numbers: Tensor) -> Double {
    let columns = concatenated([codes.to(.float64), numbers.unsqueezed(dim: 1)], dim: 1)
    let last = codes.size(1)
    return abs(columns.transposed().correlation()[last, 0..<last]).max().item()
  }
}
