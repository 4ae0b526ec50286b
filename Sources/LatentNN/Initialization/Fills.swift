import Torch
import TorchRaw

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Tensor {
  /// Fills this fresh tensor with uniform numbers and returns it. PyTorch: `uniform_`.
  func filledUniformly(_ low: Double, _ high: Double, using generator: Generator) -> Tensor {
    callInPlace(.uniformInPlace, argument, .double(low), .double(high), generator.argument)
    return self
  }

  /// Fills this fresh tensor with normal numbers and returns it. PyTorch: `normal_`.
  func filledNormally(_ mean: Double, _ deviation: Double, using generator: Generator) -> Tensor {
    callInPlace(.normalInPlace, argument, .double(mean), .double(deviation), generator.argument)
    return self
  }
}

/// Draws from a normal distribution that is conditioned to an interval.
struct TruncatedNormalFill {
  let mean: Double
  let deviation: Double
  let low: Double
  let high: Double

  /// Rejection where the interval is likely, as PyTorch does, and the inverse of the distribution
  /// function where it is not (there PyTorch rejects from other proposals, so the numbers differ).
  func fill(_ empty: Tensor, using generator: Generator) -> Tensor {
    require(
      low < high, "Initializer.truncatedNormal",
      "the interval is \(low) to \(high), expected one that is not empty")
    if low >= high { return empty }
    let (from, to) = (cumulative(low), cumulative(high))
    if to - from > 0.3 { return rejected(empty, using: generator) }
    let level = empty.filledUniformly(2 * from - 1, 2 * to - 1, using: generator)
    return (erfinv(level) * (deviation * 2.0.squareRoot()) + mean).clamped(min: low, max: high)
  }

  private func rejected(_ empty: Tensor, using generator: Generator) -> Tensor {
    var result = empty.filledNormally(mean, deviation, using: generator)
    while true {
      let outside = (result .< low) .| (result .> high)
      if !outside.any().item().isEqual(to: 1) { return result }
      let again = Tensor.zeros(like: result).filledNormally(mean, deviation, using: generator)
      result = result.replacing(with: again, where: outside)
    }
  }

  private func cumulative(_ x: Double) -> Double {
    (1 + erf((x - mean) / deviation / 2.0.squareRoot())) / 2
  }
}

/// A matrix with orthonormal rows or columns, whichever are fewer, in the shape of `empty`.
///
/// The signs of R's diagonal are moved to Q, which makes the distribution uniform.
func orthogonalFill(_ empty: Tensor, using generator: Generator) -> Tensor {
  let shape = empty.shape
  guard shape.count >= 2 else {
    TorchError(
      operation: "Initializer.orthogonal", operands: ["\(shape)"],
      reason: "an orthogonal matrix needs at least two dimensions, found \(shape.count)"
    ).raise()
    return empty
  }
  if empty.count == 0 { return empty }
  let rows = shape[0]
  let columns = empty.count / rows
  let flat = empty.reshaped([rows, columns]).filledNormally(0, 1, using: generator)
  let (q, r) = LinearAlgebra.qr(rows < columns ? flat.transposed() : flat)
  let signed = q * sign(r.diagonal())
  return (rows < columns ? signed.transposed() : signed).contiguous().reshaped(shape)
}
