import Torch

/// Small inputs whose answers are known, for self-tests.
extension CodesAndFactors {
  /// Two independent factors of 4 and 3 classes, all combinations 20 times, and codes that are the
  /// factors.
  static var knownIdentity: CodesAndFactors {
    get throws {
      let numbers = knownFactors
      return try CodesAndFactors(codes: numbers, factors: numbers)
    }
  }

  /// The same factors with both codes equal to the first.
  static var knownDuplicate: CodesAndFactors {
    get throws {
      let numbers = knownFactors
      return try CodesAndFactors(
        codes: concatenated([numbers[.all, 0..<1], numbers[.all, 0..<1]], dim: 1), factors: numbers)
    }
  }

  private static var knownFactors: Tensor {
    let rows = Tensor.arange(240)
    return stacked(
      [rows.remainder(dividingBy: 4), (rows / 4).to(.int64).remainder(dividingBy: 3)], dim: 1)
  }
}

extension FactorMetric {
  /// Throws `MetricError` unless there are two code dimensions, of which a gap can be taken.
  func requireTwoCodes(_ data: CodesAndFactors) throws {
    guard data.codeCount > 1 else {
      throw MetricError(
        metric: name, "expected at least 2 code dimensions, found 1",
        remedy: "a gap between codes needs two; use dci-informativeness for a single code")
    }
  }

  /// Throws `MetricError` unless there are two factors to be told apart.
  func requireTwoFactors(_ data: CodesAndFactors) throws {
    guard data.factors.count > 1 else {
      throw MetricError(
        metric: name, "expected at least 2 factors, found 1",
        remedy: "it compares factors with each other; give all of them")
    }
  }

  /// Throws `MetricError` unless every factor is of classes.
  func requireClasses(_ data: CodesAndFactors) throws {
    guard let real = data.factors.first(where: { $0.classes == nil }) else { return }
    throw MetricError(
      metric: name, "expected factors of classes, found real numbers in '\(real.name)'",
      remedy: "leave that factor out, or use sap-correlation, mig or dci-disentanglement")
  }
}
