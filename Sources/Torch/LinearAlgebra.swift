import TorchRaw

/// Decompositions and solutions of matrices in float32 or float64, batched over leading
/// dimensions. PyTorch: `torch.linalg`.
///
/// A matrix that has none (singular, not positive definite) fails as operators do.
public enum LinearAlgebra {
  /// The lower factor L of A = L Lᵀ for symmetric positive definite A.
  /// PyTorch: `torch.linalg.cholesky`.
  public static func cholesky(_ a: Tensor) -> Tensor {
    Tensor(call(.cholesky, a.argument, false))
  }

  /// X with A X = B from the lower Cholesky factor of A; `b` is [..., n, k].
  /// PyTorch: `torch.cholesky_solve`.
  public static func choleskySolve(_ b: Tensor, factor: Tensor) -> Tensor {
    Tensor(call(.choleskySolve, b.argument, factor.argument, false))
  }

  /// X with A X = B for triangular A; `b` is [..., n, k]. PyTorch: `torch.linalg.solve_triangular`.
  public static func triangularSolve(
    _ a: Tensor, _ b: Tensor, upper: Bool = false, unitDiagonal: Bool = false
  ) -> Tensor {
    Tensor(
      call(
        .triangularSolve, a.argument, b.argument, .bool(upper), true, .bool(unitDiagonal)))
  }

  /// Eigenvalues in rising order and eigenvectors (columns) of a symmetric matrix.
  /// PyTorch: `torch.linalg.eigh`.
  public static func eigh(_ a: Tensor) -> (values: Tensor, vectors: Tensor) {
    let results = callMany(.eigh, count: 2, a.argument, "L")
    return (Tensor(results[0]), Tensor(results[1]))
  }

  /// A = U diag(S) Vᴴ, reduced unless `full`; S falls. PyTorch: `torch.linalg.svd`.
  public static func svd(_ a: Tensor, full: Bool = false) -> (u: Tensor, s: Tensor, vh: Tensor) {
    let results = callMany(.svd, count: 3, a.argument, .bool(full))
    return (Tensor(results[0]), Tensor(results[1]), Tensor(results[2]))
  }

  /// The singular values alone, falling. PyTorch: `torch.linalg.svdvals`.
  public static func singularValues(_ a: Tensor) -> Tensor {
    Tensor(call(.svdvals, a.argument))
  }

  /// A = Q R with orthonormal columns of Q, reduced. PyTorch: `torch.linalg.qr`.
  public static func qr(_ a: Tensor) -> (q: Tensor, r: Tensor) {
    let results = callMany(.qr, count: 2, a.argument, "reduced")
    return (Tensor(results[0]), Tensor(results[1]))
  }

  /// The sign of the determinant and the logarithm of its absolute value.
  /// PyTorch: `torch.linalg.slogdet`.
  public static func slogdet(_ a: Tensor) -> (sign: Tensor, logAbsDet: Tensor) {
    let results = callMany(.slogdet, count: 2, a.argument)
    return (Tensor(results[0]), Tensor(results[1]))
  }

  /// The determinant. PyTorch: `torch.linalg.det`.
  public static func det(_ a: Tensor) -> Tensor { Tensor(call(.det, a.argument)) }

  /// The inverse. PyTorch: `torch.linalg.inv`.
  public static func inverse(_ a: Tensor) -> Tensor { Tensor(call(.inv, a.argument)) }

  /// The Moore–Penrose pseudo-inverse. PyTorch: `torch.linalg.pinv`.
  public static func pseudoInverse(_ a: Tensor) -> Tensor { Tensor(call(.pinv, a.argument)) }

  /// X with A X = B; `b` is [..., n, k] or [..., n]. PyTorch: `torch.linalg.solve`.
  public static func solve(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(call(.solve, a.argument, b.argument))
  }

  /// The X that minimises ‖A X − B‖, A of full column rank. PyTorch: `torch.linalg.lstsq`.
  public static func leastSquares(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(callMany(.lstsq, count: 4, a.argument, b.argument)[0])
  }

  /// The matrix exponential. PyTorch: `torch.linalg.matrix_exp`.
  public static func matrixExp(_ a: Tensor) -> Tensor { Tensor(call(.matrixExp, a.argument)) }

  /// The sum of the diagonal of one matrix. PyTorch: `torch.trace`.
  public static func trace(_ a: Tensor) -> Tensor { Tensor(call(.trace, a.argument)) }

  /// The inverse of A from its lower Cholesky factor. PyTorch: `torch.cholesky_inverse`.
  public static func choleskyInverse(_ factor: Tensor) -> Tensor {
    Tensor(call(.choleskyInverse, factor.argument, false))
  }

  /// The eigenvalues of a symmetric matrix alone, rising. PyTorch: `torch.linalg.eigvalsh`.
  public static func eigenvalues(_ a: Tensor) -> Tensor {
    Tensor(call(.eigvalsh, a.argument, "L"))
  }

  /// Complex eigenvalues and eigenvectors (columns) of any square matrix, in no order.
  /// PyTorch: `torch.linalg.eig`.
  public static func eig(_ a: Tensor) -> (values: Tensor, vectors: Tensor) {
    let results = callMany(.eig, count: 2, a.argument)
    return (Tensor(results[0]), Tensor(results[1]))
  }

  /// Aⁿ, through the inverse for negative n. PyTorch: `torch.linalg.matrix_power`.
  public static func power(_ a: Tensor, _ n: Int) -> Tensor {
    Tensor(call(.matrixPower, a.argument, .int(n)))
  }

  /// The logarithm of a positive determinant, NaN for a negative one. PyTorch: `torch.logdet`.
  public static func logdet(_ a: Tensor) -> Tensor { Tensor(call(.logdet, a.argument)) }

  /// The vector product of vectors of size 3 along `dim`. PyTorch: `torch.linalg.cross`.
  public static func cross(_ a: Tensor, _ b: Tensor, dim: Int = -1) -> Tensor {
    Tensor(call(.cross, a.argument, b.argument, .int(dim)))
  }

  /// The Frobenius norm √Σ|aᵢⱼ|² of the last two dimensions.
  /// PyTorch: `torch.linalg.matrix_norm`.
  public static func frobeniusNorm(_ a: Tensor) -> Tensor { Tensor(call(.matrixNorm, a.argument)) }
}
