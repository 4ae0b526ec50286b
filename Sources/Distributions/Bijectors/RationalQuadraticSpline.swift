public import Torch

/// An increasing curve through knots in a square, a ratio of quadratics between them, the identity outside.
///
/// In the bin with corners (x₀, y₀), (x₁, y₁), slope s = (y₁ − y₀)/(x₁ − x₀), derivatives δ₀, δ₁ at the corners and
/// ξ = (x − x₀)/(x₁ − x₀): y = y₀ + (y₁ − y₀)(s ξ² + δ₀ ξ(1 − ξ))/(s + (δ₀ + δ₁ − 2s) ξ(1 − ξ)). The inverse is the root of a
/// quadratic. Widths and heights are softmaxes over the K bins, each at least `minimum` of the side; inner
/// derivatives are softplus, shifted so that zero parameters are the identity, those at the ends are 1. In float32 keep to
/// about 1e-4 for round trips. **Shapes**: x `[…]`, parameters `[…, 3K − 1]`: widths, heights, K − 1 derivatives.
/// **Source**: Durkan, Bekasov, Murray and Papamakarios 2019, arXiv 1906.04032, section 3.1 and appendix A.1.
public struct RationalQuadraticSplineBijector: Bijector {
  /// Widths, heights and derivatives before their constraints.
  public let parameters: Tensor
  /// The square is −bound … bound on both axes.
  public let bound: Double
  private static let minimum = 1e-3

  /// The curve of these parameters; fails as operators do unless their number is 3K − 1.
  public init(_ parameters: Tensor, bound: Double = 5) {
    self.parameters = parameters
    self.bound = bound
    let count = parameters.rank > 0 ? parameters.size(-1) : 0
    if count < 2 || count % 3 != 2 {
      fail(
        "RationalQuadraticSplineBijector", [parameters],
        "expected 3K − 1 parameters for K bins, found \(count)")
    }
  }

  /// The number of parameters of a curve of this many bins.
  public static func parameterCount(bins: Int) -> Int { 3 * bins - 1 }

  /// The curve.
  public func forward(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).y }

  /// Its inverse.
  public func inverse(_ y: Tensor) -> Tensor { inverseWithLogDeterminant(y).x }

  /// log y′.
  public func logDeterminant(_ x: Tensor) -> Tensor { forwardWithLogDeterminant(x).logDeterminant }

  /// From one search for the bin.
  public func forwardWithLogDeterminant(_ x: Tensor) -> (y: Tensor, logDeterminant: Tensor) {
    let isOutside = abs(x) .> bound
    let inside = x.clamped(min: -bound, max: bound)
    let bin = bin(of: inside, alongHeights: false)
    let position = (inside - bin.x) / bin.width
    let product = position * (1 - position)
    let below = bin.slope + bin.bend * product
    let above = bin.slope * squared(position) + bin.derivative.0 * product
    let y = bin.y + bin.height * above / below
    return (
      y.replacing(with: x, where: isOutside),
      logSlope(bin, position, below).replacing(with: 0, where: isOutside)
    )
  }

  /// From one search for the bin.
  public func inverseWithLogDeterminant(_ y: Tensor) -> (x: Tensor, logDeterminant: Tensor) {
    let isOutside = abs(y) .> bound
    let inside = y.clamped(min: -bound, max: bound)
    let bin = bin(of: inside, alongHeights: true)
    let rise = inside - bin.y
    let a = bin.height * (bin.slope - bin.derivative.0) + rise * bin.bend
    let b = bin.height * bin.derivative.0 - rise * bin.bend
    let c = -bin.slope * rise
    let root = sqrt((squared(b) - 4 * a * c).clamped(min: 0))
    let position = 2 * c / (-b - root)
    let x = bin.x + position * bin.width
    let below = bin.slope + bin.bend * position * (1 - position)
    return (
      x.replacing(with: y, where: isOutside),
      logSlope(bin, position, below).replacing(with: 0, where: isOutside)
    )
  }

  /// The same curve without the history of its parameters.
  public func detached() -> RationalQuadraticSplineBijector {
    RationalQuadraticSplineBijector(parameters.detached(), bound: bound)
  }

  private struct Bin {
    let (x, y): (Tensor, Tensor)
    let (width, height): (Tensor, Tensor)
    let derivative: (Tensor, Tensor)
    var slope: Tensor { height / width }
    var bend: Tensor { derivative.0 + derivative.1 - 2 * slope }
  }

  private func logSlope(_ bin: Bin, _ position: Tensor, _ below: Tensor) -> Tensor {
    let rest = 1 - position
    let first = bin.derivative.1 * squared(position) + bin.derivative.0 * squared(rest)
    let all = first + 2 * bin.slope * position * rest
    return 2 * log(bin.slope) + log(all) - 2 * log(below)
  }

  /// Ends of K intervals of −bound … bound, `[…, K + 1]`.
  private func knots(_ raw: Tensor) -> Tensor {
    let shares = Self.minimum + (1 - Self.minimum * Double(raw.size(-1))) * softmax(raw, dim: -1)
    let ends = (2 * bound) * shares.cumulativeSum(dim: -1) - bound
    let start = Tensor.full(like: ends[.ellipsis, 0..<1], -bound)
    return concatenated([start, ends], dim: -1)
  }

  private func bin(of value: Tensor, alongHeights: Bool) -> Bin {
    let count = (parameters.size(-1) + 1) / 3
    let parts = parameters.split(sizes: [count, count, count - 1], dim: -1)
    let shape = value.shape + [1]
    func whole(_ table: Tensor) -> Tensor { table.expanded(value.shape + [table.size(-1)]) }
    let (x, y) = (whole(knots(parts[0])), whole(knots(parts[1])))
    // softplus(log(e − 1)) = 1: zero parameters have unit slopes.
    let inner = Self.minimum + (1 - Self.minimum) * softplus(parts[2] + 0.541_324_854_612_918_1)
    let end = Tensor.ones(like: whole(parts[0])[.ellipsis, 0..<1])
    let derivatives = concatenated([end, whole(inner), end], dim: -1)
    let knots = alongHeights ? y : x
    let passed = (knots[.ellipsis, 1..<count] .<= value.unsqueezed(dim: -1)).to(.int64)
    let index = count == 1 ? Tensor.zeros(shape, dtype: .int64) : passed.sum(dim: -1, keepDim: true)
    func pick(_ table: Tensor, _ offset: Int) -> Tensor {
      table.gathered(index + offset, dim: table.rank - 1).squeezed(dim: -1)
    }
    let (x0, y0) = (pick(x, 0), pick(y, 0))
    return Bin(
      x: x0, y: y0, width: pick(x, 1) - x0, height: pick(y, 1) - y0,
      derivative: (pick(derivatives, 0), pick(derivatives, 1)))
  }
}
