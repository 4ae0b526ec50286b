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
    var logScaled = debye(order: top, x)
    // With ρ_k = I_(k+1)/(x I_k), I_(k−1) − I_(k+1) = (2k/x) I_k reads ρ_(k−1) = 1/(2k + x² ρ_k).
    var ratio = exp(debye(order: top + 1, x) - logScaled)
    let square = squared(x)
    for step in 0..<steps {
      ratio = reciprocal(2 * (top - Double(step)) + square * ratio)
      logScaled -= log(ratio)
    }
    return (logScaled, ratio)
  }

  /// n [t − log n − log(1 + t)] − ½ log 2πn − ½ log t + log Σ U_k(1/t)/nᵏ with t = √(1 + (x/n)²).
  private static func debye(order n: Double, _ x: Tensor) -> Tensor {
    let t = sqrt(1 + squared(x / n))
    let p = reciprocal(t)
    let square = squared(p)
    var series = Tensor.zeros(like: p)
    for coefficients in expansion.reversed() {
      series = p / n * (polynomial(coefficients, square) + series)
    }
    let logN = log(Tensor(n, dtype: .float64)).item()
    let exponent = n * (t - log1p(t) - logN)
    return exponent - 0.5 * log(t) - 0.5 * (logTwoPi + logN) + log1p(series)
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
