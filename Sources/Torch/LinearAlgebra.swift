import TorchRaw

/// Decompositions and solutions of matrices in float32 or float64, batched over leading
/// dimensions. PyTorch: `torch.linalg`.
///
/// A matrix that has none (singular, not positive definite) fails as operators do.
public enum LinearAlgebra {
  /// The lower factor L of A = L Lᵀ for symmetric positive definite A.
  public static func cholesky(_ a: Tensor) -> Tensor {
    Tensor(call(.cholesky, a.argument, false))
  }

  /// X with A X = B from the lower Cholesky factor of A; `b` is [..., n, k].
  public static func choleskySolve(_ b: Tensor, factor: Tensor) -> Tensor {
    Tensor(call(.choleskySolve, b.argument, factor.argument, false))
  }

  /// X with A X = B for triangular A; `b` is [..., n, k].
  public static func triangularSolve(
    _ a: Tensor, _ b: Tensor, upper: Bool = false, unitDiagonal: Bool = false
  ) -> Tensor {
    Tensor(
      call(
        .triangularSolve, a.argument, b.argument, .bool(upper), true, .bool(unitDiagonal)))
  }

  /// Eigenvalues in rising order and eigenvectors (columns) of a symmetric matrix.
  public static func eigh(_ a: Tensor) -> (values: Tensor, vectors: Tensor) {
    let results = callMany(.eigh, count: 2, a.argument, "L")
    return (Tensor(results[0]), Tensor(results[1]))
  }

  /// A = U diag(S) Vᴴ, reduced unless `full`; S falls.
  public static func svd(_ a: Tensor, full: Bool = false) -> (u: Tensor, s: Tensor, vh: Tensor) {
    let results = callMany(.svd, count: 3, a.argument, .bool(full))
    return (Tensor(results[0]), Tensor(results[1]), Tensor(results[2]))
  }

  /// The singular values alone, falling.
  public static func singularValues(_ a: Tensor) -> Tensor {
    Tensor(call(.svdvals, a.argument))
  }

  /// A = Q R with orthonormal columns of Q, reduced.
  public static func qr(_ a: Tensor) -> (q: Tensor, r: Tensor) {
    let results = callMany(.qr, count: 2, a.argument, "reduced")
    return (Tensor(results[0]), Tensor(results[1]))
  }

  /// The sign of the determinant and the logarithm of its absolute value.
  public static func slogdet(_ a: Tensor) -> (sign: Tensor, logAbsDet: Tensor) {
    let results = callMany(.slogdet, count: 2, a.argument)
    return (Tensor(results[0]), Tensor(results[1]))
  }

  /// The determinant.
  public static func det(_ a: Tensor) -> Tensor { Tensor(call(.det, a.argument)) }

  /// The inverse.
  public static func inverse(_ a: Tensor) -> Tensor { Tensor(call(.inv, a.argument)) }

  /// The Moore–Penrose pseudo-inverse.
  public static func pseudoInverse(_ a: Tensor) -> Tensor { Tensor(call(.pinv, a.argument)) }

  /// X with A X = B; `b` is [..., n, k] or [..., n].
  public static func solve(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(call(.solve, a.argument, b.argument))
  }

  /// The X that minimises ‖A X − B‖, A of full column rank.
  public static func leastSquares(_ a: Tensor, _ b: Tensor) -> Tensor {
    Tensor(callMany(.lstsq, count: 4, a.argument, b.argument)[0])
  }

  /// The matrix exponential.
  public static func matrixExp(_ a: Tensor) -> Tensor { Tensor(call(.matrixExp, a.argument)) }

  /// The sum of the diagonal of one matrix.
  public static func trace(_ a: Tensor) -> Tensor { Tensor(call(.trace, a.argument)) }
}
