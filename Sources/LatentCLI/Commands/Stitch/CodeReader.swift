import Evaluation
import LatentCore
import Torch

/// What tells classes from codes of the decoding run: its own head, or a probe fitted to its codes.
struct CodeReader {
  /// The most examples that a probe is fitted to.
  static let fitted = 2000

  /// What it is, in words.
  let name: String
  private let read: (Tensor) -> Tensor

  /// The run's own head.
  init(head: any ClassifiesCodes) {
    name = "its own head"
    read = { head.classLogits(of: $0).argMax(dim: 1) }
  }

  /// Logistic regression on standardised codes `[n, d]` of labelled examples, with C = 1.
  ///
  /// Throws `MetricError` for codes or labels that it cannot be fitted to.
  init(probing codes: Tensor, labels: Tensor) throws {
    name = "a linear probe"
    let rows = Self.rows(codes)
    let scaling = Standardizer(fitting: rows)
    let classifier = LogisticRegression(
      fitting: try LabelledCodes(codes: scaling(rows), labels: labels))
    let classes = labels.to(.int64).unique().values
    read = { classes.selected(classifier.predict(scaling(Self.rows($0))), dim: 0) }
  }

  /// 1 for each example whose class is told rightly, 0 for the others, as accuracy with its interval.
  func accuracy(_ codes: Tensor, labels: Tensor) -> Estimate {
    let hits = (read(codes).to(.int64) .== labels.to(.int64)).to(.float64)
    return Estimate(of: hits.scalars(as: Double.self), unit: "")
  }

  private static func rows(_ codes: Tensor) -> Tensor {
    codes.to(.cpu).reshaped([codes.size(0), -1]).to(.float64)
  }
}
