public import Torch

/// The orthogonal Procrustes distance of two encoders' codes of the same examples, `[n, d]` and `[n, e]`, in [0, 1].
///
/// Both are centred and scaled to Frobenius norm 1; the value is 1 − ‖XᵀY‖²_* with the nuclear norm, the least squared
/// distance over rotations, reflections and one further scale. 0 for codes equal up to those. Codes of different width are
/// compared as if the narrower had columns of zeros. Throws `MetricError` for different lengths and codes that are all
/// equal. Source: Schönemann 1966; Gower 1975. SciPy: the `disparity` of `scipy.spatial.procrustes`.
public func procrustesDistance(_ x: Tensor, _ y: Tensor) throws -> Double {
  let (a, b) = try pairedTables(x, y, metric: "procrustes")
  func shape(_ table: Tensor) throws -> Tensor {
    let centred = table - table.mean(dim: 0)
    let size = LinearAlgebra.frobeniusNorm(centred).item()
    guard size > 0 else {
      throw MetricError(
        metric: "procrustes", "expected codes that vary, found one code for all examples",
        remedy: "an encoder that ignores its input has no shape")
    }
    return centred / size
  }
  let product = matmul(try shape(a).transposed(), try shape(b))
  let overlap = LinearAlgebra.singularValues(product).sum().item()
  return Swift.max(0, 1 - overlap * overlap)
}
