public import Torch

/// The uniform distribution, by volume, on the points of R^d whose norm is between two radii.
///
/// A ring for d = 2; with the inner radius 0 a ball. A point is R u with u uniform on the unit sphere and
/// R = (r₀^d + (r₁^d − r₀^d) t)^(1/d), t uniform on [0, 1). `logProbability` is −∞ outside. PyTorch has none.
public struct UniformShell: Distribution {
  /// The dimension d of the space.
  public let dimension: Int
  /// r₀.
  public let inner: Double
  /// r₁.
  public let outer: Double
  /// The type of outcomes.
  public let dtype: DType

  /// A shell in R^d; fails as operators do unless d ≥ 1 and 0 ≤ inner < outer.
  public init(dimension: Int, inner: Double, outer: Double, dtype: DType = .float32) {
    if dimension < 1 || inner < 0 || !(inner < outer) {
      fail(
        "UniformShell", [],
        "expected d ≥ 1 and 0 ≤ inner < outer, found d = \(dimension), \(inner) and \(outer)")
    }
    (self.dimension, self.inner, self.outer) = (dimension, inner, outer)
    self.dtype = dtype
  }

  /// Empty.
  public var batchShape: [Int] { [] }
  /// [d].
  public var eventShape: [Int] { [dimension] }
  /// All vectors; the density is zero outside of the shell.
  public var support: Constraint { .each(.real, dims: 1) }
  /// None.
  public var parameters: [DistributionParameter] { [] }
  /// Itself: there are no parameters.
  public func detached() -> UniformShell { self }

  /// log V with V = π^(d/2) (r₁^d − r₀^d)/Γ(d/2 + 1), the shell's volume.
  public var logVolume: Double {
    let half = Tensor(0.5 * Double(dimension), dtype: .float64)
    let ball = half * log(Tensor(Double.pi, dtype: .float64)) - lgamma(half + 1)
    return (ball + log(powers.outer - powers.inner)).item()
  }

  /// Random directions times random radii.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let noise = Tensor.randn(sampleShape + eventShape, using: generator, dtype: dtype)
    let part = Tensor.rand(sampleShape + [1], using: generator, dtype: dtype)
    let (low, high) = (powers.inner.item(), powers.outer.item())
    let radius = pow(low + (high - low) * part, 1 / Double(dimension))
    return radius * noise / noise.norm(dims: [-1], keepDim: true)
  }

  /// −log of the shell's volume in nats, −∞ outside.
  public func logProbability(_ value: Tensor) -> Tensor {
    let norm = value.norm(dims: [-1])
    let outside = (norm .< inner) .| (norm .> outer)
    return Tensor.full(like: norm, -logVolume).replacing(with: -Double.infinity, where: outside)
  }

  private var powers: (inner: Tensor, outer: Tensor) {
    (
      pow(Tensor(inner, dtype: .float64), dimension), pow(Tensor(outer, dtype: .float64), dimension)
    )
  }
}
