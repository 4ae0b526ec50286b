import Foundation

/// Importance weights whose largest are replaced by the quantiles of a Pareto law fitted to them, and what its shape k̂ says of
/// their reliability.
///
/// The tail is the largest min(n/5, 3√n) weights. Source: Vehtari, Simpson, Gelman, Yao and Gabry 2024, Pareto smoothed importance
/// sampling, arXiv 1507.02646, section 3. ArviZ: `psislw`.
public struct ParetoSmoothing: Sendable, Equatable {
  /// The log-weights in their order, smoothed, on the scale of the given ones.
  public let logWeights: [Double]
  /// k̂, infinite where fewer than five weights differ from the threshold below them.
  public let shape: Double

  /// Smooths log-weights, at least 25 of them; stops for fewer.
  public init(_ logWeights: [Double]) {
    let n = logWeights.count
    precondition(n >= 25, "ParetoSmoothing: expected at least 25 weights, found \(n)")
    let top = logWeights.max() ?? 0
    let order = logWeights.indices.sorted { logWeights[$0] < logWeights[$1] }
    let size = Int(min(Double(n) / 5, 3 * Double(n).squareRoot()).rounded(.up))
    // Below the smallest normal number weights are zeros and have no tail.
    let threshold = max(logWeights[order[n - size - 1]] - top, log(Double.leastNormalMagnitude))
    let tail = order.filter { logWeights[$0] - top > threshold }
    guard tail.count > 4 else {
      self.logWeights = logWeights
      shape = .infinity
      return
    }
    let base = exp(threshold)
    let law = GeneralizedPareto(fitting: tail.map { exp(logWeights[$0] - top) - base })
    shape = law.shape
    var smoothed = logWeights
    if law.shape.isFinite, law.scale > 0 {
      for (rank, index) in tail.enumerated() {
        let quantile = law.quantile((Double(rank) + 0.5) / Double(tail.count))
        smoothed[index] = min(0, log(quantile + base)) + top
      }
    }
    self.logWeights = smoothed
  }

  /// log of the mean of the smoothed weights: an estimate of log E w with less variance and some bias.
  public var logMean: Double {
    let top = logWeights.max() ?? 0
    return top + log(logWeights.reduce(0) { $0 + exp($1 - top) } / Double(logWeights.count))
  }

  /// The shape beyond which n weights are not to be trusted: min(1 − 1/log₁₀ n, 0.7).
  ///
  /// Source: as above, section 3.2.4.
  public static func limit(count n: Int) -> Double { min(1 - 1 / log10(Double(n)), 0.7) }

  /// A sentence of warning where k̂ is above the limit, with the remedy; nil where it is not.
  public var warning: String? {
    let limit = Self.limit(count: logWeights.count)
    guard !(shape <= limit) else { return nil }
    let found = String(format: "%.2f", shape)
    let most = String(format: "%.2f", limit)
    return shape < 1
      ? "Pareto k̂ \(found) is above \(most): the error of the mean weight is larger than its interval "
        + "says; take more draws or annealed importance sampling"
      : "Pareto k̂ \(found) is above 1: the weights have no usable mean; use annealed importance sampling "
        + "or a proposal with heavier tails"
  }
}
