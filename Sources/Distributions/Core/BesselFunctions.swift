import Torch

/// The modified Bessel function of the first kind at any order, as its logarithm.
///
/// Ranked goals: no overflow at any order or argument; relative error of log(x^(−ν) I_ν(x)) near
/// 10⁻¹²; no singularity at x = 0. Method: Debye's uniform expansion (DLMF 10.41.3) at order 60 or
/// above, then the recurrence of neighbouring orders downwards, which damps errors and adds only
/// positive terms. Everything in float64, whatever the argument's type.
enum BesselI {
  /// log(x^(−ν) I_ν(x)) for x ≥ 0 and ν ≥ 0, float64; −ν log 2 − log Γ(ν + 1) at 0.
  static func logScaled(order: Double, _ x: Tensor) -> Tensor {
    let function = CustomFunction(
      forward: { .init(outputs: [descend(order: order, $0[0]).logScaled], saving: [$0[0]]) },
      backward: { saved, gradients in
        // d/dx log(x^(−ν) I_ν) = I_(ν+1)/I_ν.
        [gradients[0] * saved[0] * descend(order: order, saved[0]).ratio]
      })
    return function(x.to(.float64))[0]
  }

  /// I_(ν+1)(x)/(x I_ν(x)), float64; 1/(2ν + 2) at 0.
  static func ratio(order: Double, _ x: Tensor) -> Tensor {
    descend(order: order, x.to(.float64)).ratio
  }

  private static func descend(order: Double, _ x: Tensor) -> (logScaled: Tensor, ratio: Tensor) {
    let steps = Int(max(0, 60 - order).rounded(.up))
    let top = order + Double(steps)
    let (start, startRatio) = debye(order: top, x)
    // With ρ_k = I_(k+1)/(x I_k), I_(k−1) − I_(k+1) = (2k/x) I_k reads ρ_(k−1) = 1/(2k + x² ρ_k).
    var (logScaled, ratio) = (start, startRatio)
    let square = squared(x)
    for step in 0..<steps {
      ratio = reciprocal(2 * (top - Double(step)) + square * ratio)
      logScaled -= log(ratio)
    }
    return (logScaled, ratio)
  }

  /// h − n log(n + h) − ½ log 2πh + log Σ U_k(n/h)/nᵏ with h = √(n² + x²), and the exponential of its
  /// difference from order n to n + 1, written without subtracting large numbers.
  private static func debye(order n: Double, _ x: Tensor) -> (logScaled: Tensor, ratio: Tensor) {
    let h = sqrt(squared(x) + n * n)
    let next = sqrt(squared(x) + (n + 1) * (n + 1))
    let series = series(order: n, n / h)
    let logSum = log(h + n)
    let value = h - n * logSum - 0.5 * (log(h) + logTwoPi) + series
    let step = (2 * n + 1) / (next + h)  // next − h
    let growth = log1p((1 + step) / (h + n))
    let change = step - (n + 1) * growth - logSum - 0.5 * log1p(step / h)
    return (value, exp(change + self.series(order: n + 1, (n + 1) / next) - series))
  }

  /// log Σ U_k(p)/nᵏ, k = 0 … 5.
  private static func series(order n: Double, _ p: Tensor) -> Tensor {
    let square = squared(p)
    var sum = Tensor.zeros(like: p)
    for coefficients in expansion.reversed() {
      sum = p / n * (polynomial(coefficients, square) + sum)
    }
    return log1p(sum)
  }

  /// U_k(p) = pᵏ times a polynomial in p², k = 1 … 5. Source: DLMF 10.41.10.
  private static let expansion: [[Double]] = [
    [3, -5].map { $0 / 24 },
    [81, -462, 385].map { $0 / 1152 },
    [30375, -369_603, 765_765, -425_425].map { $0 / 414_720 },
    [4_465_125, -94_121_676, 349_922_430, -446_185_740, 185_910_725].map { $0 / 39_813_120 },
    [
      1_519_035_525, -49_286_948_607, 284_499_769_554, -614_135_872_350, 566_098_157_625,
      -188_699_385_875,
    ].map { $0 / 6_688_604_160 },
  ]
}
