import Torch

/// log(sinh y/y), even, 0 at 0, finite for all y.
///
/// Below |y| = 0.3 its Taylor series to y¹², whose remainder is under 10⁻¹².
func logSinhRatio(_ y: Tensor) -> Tensor {
  let small = abs(y) .< 0.3
  let near = squared(y.replacing(with: 0, where: .!small))
  let coefficients = [
    1.0 / 6, -1.0 / 180, 1.0 / 2835, -1.0 / 37800, 1.0 / 467_775, -691.0 / 3_831_077_250,
    2.0 / 127_702_575,
  ]
  let far = abs(y.replacing(with: 1, where: small))
  let value = far + log1p(-exp(-2 * far)) - log(2 * far)
  return value.replacing(with: near * polynomial(coefficients, near), where: small)
}

/// The Langevin function coth y − 1/y, odd, the slope of `logSinhRatio`.
func langevin(_ y: Tensor) -> Tensor {
  let small = abs(y) .< 0.3
  let near = y.replacing(with: 0, where: .!small)
  let coefficients = [
    1.0 / 3, -1.0 / 45, 2.0 / 945, -1.0 / 4725, 2.0 / 93_555, -1382.0 / 638_512_875,
    4.0 / 18_243_225,
  ]
  let far = y.replacing(with: 1, where: small)
  let value = reciprocal(tanh(far)) - reciprocal(far)
  return value.replacing(with: near * polynomial(coefficients, squared(near)), where: small)
}

/// 1/y² − 1/sinh² y, the slope of `langevin`.
func langevinSlope(_ y: Tensor) -> Tensor {
  let small = abs(y) .< 0.3
  let near = squared(y.replacing(with: 0, where: .!small))
  let coefficients = [
    1.0 / 3, -3.0 / 45, 10.0 / 945, -7.0 / 4725, 18.0 / 93_555, -15202.0 / 638_512_875,
    52.0 / 18_243_225,
  ]
  let far = abs(y.replacing(with: 1, where: small))
  // 1/sinh² y = (2 e^(−y)/(1 − e^(−2y)))² does not overflow.
  let value = reciprocal(squared(far)) - squared(2 * exp(-far) / -expm1(-2 * far))
  return value.replacing(with: polynomial(coefficients, near), where: small)
}

/// Σ cₖ xᵏ by Horner's rule.
func polynomial(_ coefficients: [Double], _ x: Tensor) -> Tensor {
  var value = Tensor.full(like: x, coefficients.last ?? 0)
  for coefficient in coefficients.dropLast().reversed() { value = value * x + coefficient }
  return value
}
