import Foundation

/// The generalised Pareto law of excesses over a threshold: P(X > x) = (1 + k x/σ)^(−1/k), and e^(−x/σ) for k = 0.
///
/// Mean and variance are finite for k < 1 and k < ½.
public struct GeneralizedPareto: Sendable, Equatable {
  /// The shape k.
  public let shape: Double
  /// The scale σ.
  public let scale: Double

  /// A law with these parameters.
  public init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }

  /// Fitted to positive numbers in rising order, at least five.
  ///
  /// With b = −k/σ the likelihood of k = mean log(1 − b x) has one free parameter, which is averaged over 30 + √n values
  /// weighted by their likelihood and the authors' prior. `regularized` adds ten observations of shape ½, which keeps small
  /// samples stable. Source: Zhang and Stephens 2009, A new and efficient estimation method for the generalized Pareto
  /// distribution; the regularisation: Vehtari et al. 2024, arXiv 1507.02646, appendix G.
  public init(fitting sorted: [Double], isRegularized: Bool = true) {
    let n = sorted.count
    precondition(
      n >= 5 && sorted[0] > 0, "GeneralizedPareto: expected five or more positive numbers")
    let count = Double(n)
    let candidates = 30 + Int(count.squareRoot())
    let quartile: Double = sorted[Int(count / 4 + 0.5) - 1]
    let inverses = (1...candidates).map { (index: Int) -> Double in
      let ratio = Double(candidates) / (Double(index) - 0.5)
      return 1 / sorted[n - 1] + (1 - ratio.squareRoot()) / (3 * quartile)
    }
    func shape(_ b: Double) -> Double {
      var sum = 0.0
      for x in sorted { sum += log1p(-b * x) }
      return sum / count
    }
    let logLikelihoods = inverses.map { (b: Double) -> Double in
      let k = shape(b)
      return count * (log(-b / k) - k - 1)
    }
    let top = logLikelihoods.max() ?? 0
    let weights = logLikelihoods.map { exp($0 - top) }
    var (total, moment) = (0.0, 0.0)
    for (b, weight) in zip(inverses, weights) {
      total += weight
      moment += b * weight
    }
    let best = moment / total
    let found = shape(best)
    scale = -found / best
    self.shape = isRegularized ? (count * found + 10 * 0.5) / (count + 10) : found
  }

  /// The x with P(X ≤ x) = p.
  public func quantile(_ p: Double) -> Double {
    let logTail = log1p(-p)
    return abs(shape) < 1e-15 ? -scale * logTail : scale * expm1(-shape * logTail) / shape
  }
}
