public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Waves of which a smooth series is a sum: z(t) = Σ_k w_k b_k(t), the b_k sines and cosines on a circle of N ≥ T places.
///
/// With w_k ~ N(0, s(ω_k)) and s the spectral density of a kernel, z is a Gaussian process of that kernel, but for what
/// reaches round the circle. Waves that even the shortest length scale gives less than 1/`condition` of the variance of the
/// slowest one are left out. **Shapes**: basis `[F, T]`, frequencies `[F]` in radians a place. **Source**: Gondur et al. 2023,
/// arXiv 2310.03111, section 3; Aoi & Pillow 2017, bioRxiv 10.1101/208835.
public struct FourierBasis {
  /// b, `[F, T]`.
  public let waves: Tensor
  /// ω, `[F]`.
  public let frequencies: Tensor

  /// The waves of `length` places that a process of this length scale or a longer one is made of.
  ///
  /// - Parameters:
  ///   - length: T.
  ///   - shortest: the shortest length scale, in places.
  ///   - margin: N/T − 1; the two ends of the series are N − T places apart on the circle.
  ///   - condition: the ratio of variances above which a wave is left out.
  public init(
    length: Int, shortest: Double, margin: Double = 0.2, condition: Double = 1e8
  ) {
    precondition(length > 0 && shortest > 0 && margin >= 0 && condition > 1, "no such basis")
    let circle = (Double(length) * (1 + margin)).rounded(.up)
    let fastest = (2 * log(condition)).squareRoot() / shortest
    let limit = min(Int(circle) / 2, Int(fastest * circle / (2 * Double.pi)))
    let even = Tensor.arange(0, limit + 1, step: 1, dtype: .float64) * (2 * Double.pi / circle)
    // A circle of even size has no sine of the highest frequency.
    let sines = max(0, min(limit, (Int(circle) - 1) / 2))
    let odd = even[1..<sines + 1]
    let places = Tensor.arange(length, dtype: .float64)
    let norm = (2 / circle).squareRoot()
    // The constant, and the wave that alternates, have one phase only and half the power.
    let single = (even .== 0) .| (even .> Double.pi - 1e-9)
    let weight = Tensor.full(like: even, norm).replacing(
      with: norm / 2.0.squareRoot(), where: single)
    let cosines = cos(outer(even, places)) * weight.unsqueezed(dim: 1)
    waves = concatenated([cosines, sin(outer(odd, places)) * norm]).to(.float32)
    frequencies = concatenated([even, odd]).to(.float32)
  }

  /// s(ω) = √(2π) ℓ exp(−½ ω² ℓ²) of the squared exponential kernel exp(−(t − t′)²/(2 ℓ²)), `[K, F]` for length scales ℓ `[K]`.
  public static func spectralDensity(_ frequencies: Tensor, lengthScale: Tensor) -> Tensor {
    let scale = lengthScale.unsqueezed(dim: 1)
    return (2 * Double.pi).squareRoot() * scale * exp(-0.5 * squared(frequencies * scale))
  }
}
