public import Datasets
public import LatentCore
import LatentNN
public import Torch

/// The predicted probabilities of classes beside the true classes.
///
/// Checked once: finite rows that sum to one, a class of the table for each. Not `Sendable`, as tensors are not.
public struct ClassPredictions {
  /// log p(k|x), `[n, classes]`, float64 on the CPU.
  public let logProbabilities: Tensor
  /// The true classes, `[n]`, int64.
  public let labels: Tensor

  /// The number of examples.
  public var count: Int { labels.count }
  /// Whether the most probable class is the true one, `[n]`, 0 or 1.
  public var hits: Tensor { (logProbabilities.argMax(dim: 1) .== labels).to(.float64) }
  /// The probability of the most probable class, `[n]`.
  public var confidence: Tensor { exp(logProbabilities).max(dims: [1]) }

  /// Log-probabilities `[n, classes]` and classes `[n]`.
  ///
  /// Throws `MetricError` for other shapes, for what is no number, for rows that do not sum to one within 10⁻³ and for a class outside.
  public init(logProbabilities: Tensor, labels: Tensor) throws {
    let table = logProbabilities.detached().to(.cpu).to(.float64)
    let classes = labels.to(.cpu).to(.int64)
    guard table.rank == 2, classes.shape == [table.size(0)], table.count > 0 else {
      throw Self.refused(
        "expected log-probabilities [n, classes] and labels [n], found \(table.shape) and "
          + "\(classes.shape)")
    }
    // A probability of zero is a number, its logarithm none.
    let wrong = (.!exp(table).isFinite).nonzero()
    guard wrong.size(0) == 0 else {
      let place = wrong[0].scalars(as: Int.self)
      throw Self.refused(
        "row \(place[0]), column \(place[1]): expected a finite number, found "
          + "\(table[place[0], place[1]].item())")
    }
    let excess = abs(exp(table).sum(dim: 1) - 1).max().item()
    guard excess < 1e-3 else {
      throw Self.refused("expected probabilities that sum to one, found a row off by \(excess)")
    }
    let (low, high) = (classes.min().integerItem(), classes.max().integerItem())
    guard low >= 0, high < table.size(1) else {
      throw Self.refused("expected classes from 0 to \(table.size(1) - 1), found \(low) to \(high)")
    }
    self.logProbabilities = table
    self.labels = classes
  }

  /// The predictions of a method for a data set with classes, its model in evaluation mode.
  ///
  /// Throws what reading the data throws, and `MetricError` for data without classes.
  public init(
    of method: any Method & Classifies, on data: any Dataset, seed: UInt64, batchSize: Int = 512
  ) throws {
    let generator = Generator(seed: seed)
    var (rows, labels): ([Tensor], [Tensor]) = ([], [])
    try data.forEachBatch(of: batchSize) { batch in
      guard let known = batch.labels else { throw Self.refused("expected classes, found none") }
      labels.append(known)
      rows.append(
        withoutGradients {
          evaluating(method.model) {
            method.classLogProbabilities(batch.examples, using: generator)
          }
        })
    }
    try self.init(logProbabilities: concatenated(rows), labels: concatenated(labels))
  }

  private static func refused(_ problem: String) -> MetricError {
    MetricError(
      metric: "predictions", problem, remedy: "give the log-probabilities of every class")
  }
}
