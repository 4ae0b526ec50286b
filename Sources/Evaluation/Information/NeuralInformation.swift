import Foundation
import LatentLearning
import LatentNN
public import Torch

/// How a critic is trained.
public struct CriticOptions: Sendable, Hashable {
  /// Units of each of the two hidden layers.
  public var units: Int
  /// Pairs in a step; the scores are of all its pairs of pairs.
  public var batchSize: Int
  /// Updates by Adam.
  public var steps: Int
  /// The learning rate.
  public var learningRate: Double
  /// The share of pairs that are kept for the estimate.
  public var heldOut: Double
  /// The seed of weights, split and batches.
  public var seed: UInt64

  /// Two layers of 64 units, 2,000 steps of 64 pairs, half of the pairs held out.
  public init(
    units: Int = 64, batchSize: Int = 64, steps: Int = 2000, learningRate: Double = 1e-3,
    heldOut: Double = 0.5, seed: UInt64 = 0
  ) {
    self.units = units
    self.batchSize = batchSize
    self.steps = steps
    self.learningRate = learningRate
    self.heldOut = heldOut
    self.seed = seed
  }
}

/// The mutual information I(x; y) in nats of paired samples `[n, d]` and `[n, e]` by a trained critic, evaluated on pairs that it
/// was not trained on, with the interval over held-out batches.
///
/// `bound` of the estimate names the kind and the batch size, on which every kind but SMILE depends: `InfoNCE-64` never exceeds
/// log 64. Columns are standardised first, which changes no information. Each kind trains on itself, except SMILE, whose critic
/// trains on the Jensen–Shannon divergence, and MINE, whose gradient divides by a moving average of the denominator (decay
/// 0.99) against its bias. Throws `MetricError` for different lengths, fewer than two training and two held-out batches, and training
/// that diverges. **Randomness**: the options' seed alone.
public func neuralMutualInformation(
  _ x: Tensor, _ y: Tensor, bound: InformationBound, options: CriticOptions = CriticOptions()
) throws -> Estimate {
  let (a, b) = try pairedTables(x, y, metric: bound.name)
  let n = a.size(0)
  let testCount = Int(Double(n) * options.heldOut)
  let size = options.batchSize
  guard size > 1, testCount >= 2 * size, n - testCount >= 2 * size else {
    throw MetricError(
      metric: bound.name,
      "expected two batches of \(size) pairs to train on and two to hold out, found "
        + "\(n - testCount) and \(testCount) pairs",
      remedy: "give more pairs or take smaller batches")
  }
  let generator = Generator(seed: options.seed)
  let order = Tensor.randperm(n, using: generator)
  let (u, v) = (standardized(a).selected(order, dim: 0), standardized(b).selected(order, dim: 0))
  var training = CriticTraining(
    bound: bound, x: u[testCount..<n], y: v[testCount..<n], options: options, using: generator)
  try training.run(using: generator)
  let critic = training.critic
  let values = withoutGradients {
    stride(from: 0, through: testCount - size, by: size).map { start in
      bound(critic(u[start..<(start + size)], v[start..<(start + size)])).item()
    }
  }
  return Estimate(of: values, unit: "nat", bound: "\(bound.name)-\(size)")
}

private func standardized(_ rows: Tensor) -> Tensor {
  Standardizer(fitting: rows)(rows).to(.float32)
}

/// The steps of a critic's training.
private struct CriticTraining {
  let bound: InformationBound
  let x: Tensor
  let y: Tensor
  let options: CriticOptions
  let critic: PairCritic
  /// log of the moving average of mean exp f, for MINE.
  private var logDenominator: Double?

  init(
    bound: InformationBound, x: Tensor, y: Tensor, options: CriticOptions,
    using generator: Generator
  ) {
    self.bound = bound
    self.x = x
    self.y = y
    self.options = options
    critic = PairCritic(widths: (x.size(1), y.size(1)), units: options.units, using: generator)
  }

  mutating func run(using generator: Generator) throws {
    let optimizer = Optimizer(
      Adam(), for: critic, learningRate: .constant(options.learningRate))
    for step in 0..<options.steps {
      let rows = Tensor.randperm(x.size(0), using: generator)[0..<options.batchSize]
      let (u, v) = (x.selected(rows, dim: 0), y.selected(rows, dim: 0))
      let result = valueAndGradient(of: critic) { loss($0(u, v)) }
      guard result.loss.item().isFinite else {
        throw MetricError(
          metric: bound.name, "the critic's loss was no finite number in step \(step)",
          remedy: "take a smaller learning rate, or SMILE, which is bounded")
      }
      optimizer.update(with: result.gradients)
    }
  }

  /// What a step minimises.
  private mutating func loss(_ scores: Tensor) -> Tensor {
    switch bound {
    case .infoNCE, .nwj: return -bound(scores)
    case .mine:
      let logMean = logMeanOfOthers(scores)
      let current = logMean.detached().item()
      // log(0.99 eᵃ + 0.01 eᵇ) without overflow.
      let average = logDenominator.map { old in
        let top = Swift.max(old, current)
        return top + log(0.99 * exp(old - top) + 0.01 * exp(current - top))
      }
      logDenominator = average ?? current
      return exp(logMean - (average ?? current)) - scores.diagonal().mean()
    case .smile:
      let n = scores.size(0)
      let joint = softplus(-scores.diagonal()).mean()
      let others =
        (softplus(scores).sum() - softplus(scores.diagonal()).sum()) / Double(n * (n - 1))
      return joint + others
    }
  }
}
