public import Torch

/// How evenly codes use all directions of their space, in [0, 1]: 1 if the covariance is a multiple of the identity, 0 if
/// one direction holds everything.
///
/// With v the variances along the principal components, scaled to length √d, and δ = ‖v − 1‖/√(2(d − √d)), the part of the
/// dimensions that is used isotropically is φ = (d − δ²(d − √d))²/d², and the score is (d φ − 1)/(d − 1). Unlike
/// mean cosines it depends neither on the mean nor on the scale. Throws `MetricError` for one column, fewer than two
/// examples, and codes that are all equal. Source: Rudman et al. 2022, arXiv 2108.07344, algorithm 1.
public func isoScore(_ codes: Tensor) throws -> Double {
  let rows = try codeTable(codes, metric: "isoscore", minimum: 2)
  let width = rows.size(1)
  guard width > 1 else {
    throw MetricError(
      metric: "isoscore", "expected at least two columns, found one",
      remedy: "one direction is neither even nor uneven")
  }
  let d = Double(width)
  // All d variances: components beyond the number of examples have none.
  let centred = rows - rows.mean(dim: 0)
  let covariance = matmul(centred.transposed(), centred)
  let variances = LinearAlgebra.eigenvalues(covariance).clamped(min: 0)
  let length = variances.norm().item()
  guard length > 0 else {
    throw MetricError(
      metric: "isoscore", "expected codes that vary, found one code for all examples",
      remedy: "the encoder ignores its input: see latent diagnose")
  }
  let defect = (variances * (d.squareRoot() / length) - 1).norm().item()
  let delta = defect / (2 * (d - d.squareRoot())).squareRoot()
  let used = d - delta * delta * (d - d.squareRoot())
  let share = used * used / (d * d)
  return Swift.min(1, Swift.max(0, (d * share - 1) / (d - 1)))
}
