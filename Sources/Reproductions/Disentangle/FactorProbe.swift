import Distributions
import Torch

/// How well the factors of sprites can be read off codes by their nearest neighbours.
///
/// R² on the second half of the examples of the mean over the ten nearest codes of the first: for `position` the
/// mean over x and y, for `shape` over the indicators of the shapes. Neighbours and no affine map, since scale and
/// shape are seldom affine in a code. Angles are left out, since squares and ellipses repeat.
struct FactorProbe {
  /// Of x and y.
  let position: Double
  /// Of the scale.
  let scale: Double
  /// Of the shape.
  let shape: Double

  /// The scores of codes `[n, d]`, distances in units of `noise` `[d]`, beside factors `[n, 5]`: shape, scale,
  /// angle, x and y.
  init(codes: Tensor, noise: Tensor, factors: Tensor) {
    let half = codes.size(0) / 2
    let rows = codes / noise
    let shapes = factors[.all, 0].to(.int64).oneHot(classes: 3).to(.float64)
    let targets = concatenated(
      [factors[.all, 3..<5].to(.float64), factors[.all, 1..<2].to(.float64), shapes], dim: 1)
    let known = targets[0..<half]
    let held = targets[half..<codes.size(0)]
    let nearest = (-squaredDistances(rows[half..<codes.size(0)], rows[0..<half]))
      .top(min(10, half), dim: 1).indices
    let guess = known.selected(nearest.flattened(), dim: 0)
      .reshaped([nearest.size(0), nearest.size(1), known.size(1)]).mean(dim: 1)
    let total = squared(held - held.mean(dim: 0)).sum(dim: 0)
    let scores = (1 - squared(held - guess).sum(dim: 0) / total).scalars(as: Double.self)
    position = (scores[0] + scores[1]) / 2
    scale = scores[2]
    shape = (scores[3] + scores[4] + scores[5]) / 3
  }
}
