import Torch

/// How well a linear classifier reads the classes from frozen codes.
public struct LinearProbe {
  /// The classifier at the chosen penalty, fitted to training and validation codes after standardising.
  public let classifier: LogisticRegression
  /// What the codes were standardised by.
  public let standardizer: Standardizer
  /// The inverse penalty that had the best validation accuracy; of equal ones the smallest.
  public let c: Double
  /// The validation accuracy of each inverse penalty.
  public let validation: [(c: Double, accuracy: Double)]

  /// 1e-4, 1e-3, …, 1e4.
  public static var penalties: [Double] { [1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100, 1e3, 1e4] }

  /// Fits the training codes with each inverse penalty, chooses by the accuracy on the validation codes, and fits both
  /// together with the chosen one.
  ///
  /// Throws `MetricError` for codes of different width or classes. Source: Alain and Bengio 2016, arXiv 1610.01644.
  public init(
    train: LabelledCodes, validation: LabelledCodes, penalties: [Double] = Self.penalties
  ) throws {
    guard train.codes.size(1) == validation.codes.size(1), train.classCount == validation.classCount
    else {
      throw MetricError(
        metric: "linear-probe",
        "expected training and validation codes of one width and set of classes, found "
          + "\(train.codes.size(1)) and \(validation.codes.size(1)) columns, \(train.classCount) "
          + "and \(validation.classCount) classes",
        remedy: "split one table of labelled codes")
    }
    guard let first = penalties.min(), first > 0 else {
      throw MetricError(
        metric: "linear-probe", "expected positive inverse penalties, found \(penalties)",
        remedy: "leave them out for 1e-4 … 1e4")
    }
    let scaling = Standardizer(fitting: train.codes)
    let (fit, check) = (
      train.with(codes: scaling(train.codes)), validation.with(codes: scaling(validation.codes))
    )
    let scores = penalties.sorted().map { c in
      (c: c, accuracy: LogisticRegression(fitting: fit, c: c).accuracy(on: check))
    }
    let best = scores.map(\.accuracy).max() ?? 0
    let chosen = scores.first { $0.accuracy == best }?.c ?? first
    let joined = train.appending(validation)
    let finalScaling = Standardizer(fitting: joined.codes)
    standardizer = finalScaling
    c = chosen
    self.validation = scores
    classifier = LogisticRegression(
      fitting: joined.with(codes: finalScaling(joined.codes)), c: chosen)
  }

  /// The share of rows whose class the probe reads.
  public func accuracy(on test: LabelledCodes) -> Double {
    classifier.accuracy(on: test.with(codes: standardizer(test.codes)))
  }
}
