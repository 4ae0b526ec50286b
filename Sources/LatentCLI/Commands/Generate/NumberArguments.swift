import LatentCore

/// Whole numbers from 0, separated by commas.
struct IndexList: ArgumentValue, Hashable {
  /// The numbers in the order given.
  let values: [Int]

  static var expectation: String { "whole numbers from 0 separated by commas, such as 0,5" }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { return nil }
    values = parts.compactMap { $0 }
  }

  var argumentText: String { values.map(String.init).joined(separator: ",") }
}

/// How far an axis is moved: from and to, in standard deviations of the prior or as quantiles.
enum AxisRange: ArgumentValue, Hashable {
  /// Standard deviations of the prior from its mean.
  case deviations(Double, Double)
  /// Quantiles of the codes, from 0 to 1.
  case quantiles(Double, Double)

  static var expectation: String { "two ends such as -3,3, or as quantiles 5%,95%" }

  init?(argument: String) {
    let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
    let areQuantiles = parts.allSatisfy { $0.hasSuffix("%") }
    let ends = parts.compactMap { Double(areQuantiles ? $0.dropLast() : $0) }
    guard ends.count == 2, parts.count == 2, ends.allSatisfy(\.isFinite), ends[0] < ends[1] else {
      return nil
    }
    guard areQuantiles else {
      self = .deviations(ends[0], ends[1])
      return
    }
    guard ends[0] >= 0, ends[1] <= 100 else { return nil }
    self = .quantiles(ends[0] / 100, ends[1] / 100)
  }

  var argumentText: String {
    switch self {
    case .deviations(let low, let high):
      "\(low.argumentText),\(high.argumentText)"
    case .quantiles(let low, let high):
      "\((low * 100).argumentText)%,\((high * 100).argumentText)%"
    }
  }
}
