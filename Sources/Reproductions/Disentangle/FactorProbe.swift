import Torch

/// How well the factors of sprites can be read off codes by one affine map.
///
/// R² on the second half of the examples of a least-squares fit to the first: for `position` the mean over x and
/// y, for `shape` over the indicators of the shapes. Angles are left out, since squares and ellipses repeat.
struct FactorProbe {
  /// Of x and y.
  let position: Double
  /// Of the scale.
  let scale: Double
  /// Of the shape.
  let shape: Double

  /// The scores of codes `[n, d]` beside factors `[n, 5]`: shape, scale, angle, x and y.
  init(codes: Tensor, factors: Tensor) {
    let half = codes.size(0) / 2
    let ones = Tensor.ones([codes.size(0), 1], dtype: .float64)
    let design = concatenated([codes.to(.float64), ones], dim: 1)
    let shapes = factors[.all, 0].to(.int64).oneHot(classes: 3).to(.float64)
    let targets = concatenated(
      [factors[.all, 3..<5].to(.float64), factors[.all, 1..<2].to(.float64), shapes], dim: 1)
    let weights = LinearAlgebra.leastSquares(design[0..<half], targets[0..<half])
    let held = targets[half..<codes.size(0)]
    let residual = held - matmul(design[half..<codes.size(0)], weights)
    let total = squared(held - held.mean(dim: 0)).sum(dim: 0)
    let scores = (1 - squared(residual).sum(dim: 0) / total).scalars(as: Double.self)
    position = (scores[0] + scores[1]) / 2
    scale = scores[2]
    shape = (scores[3] + scores[4] + scores[5]) / 3
  }
}
