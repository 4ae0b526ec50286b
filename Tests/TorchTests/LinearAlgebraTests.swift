import Testing
import Torch
import _TestSupport

@Suite struct LinearAlgebraTests {
  static func random(_ shape: [Int], _ dtype: DType, seed: UInt64 = 1) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64).to(dtype)
  }

  /// A batch of two well-conditioned symmetric positive definite matrices.
  static func positive(_ dtype: DType) -> Tensor {
    let a = random([2, 4, 4], .float64)
    return (matmul(a, a.transposed()) + Tensor.eye(4, dtype: .float64)).to(dtype)
  }

  static func near(_ a: Tensor, _ b: Tensor, _ what: String) {
    let tolerance = a.dtype == .float64 ? 1e-9 : 2e-4
    expectClose(a, b, relative: tolerance, absolute: tolerance, what)
  }

  @Test(arguments: [DType.float32, .float64])
  func factorsGiveTheMatrixBack(_ dtype: DType) {
    let a = Self.positive(dtype)
    let factor = LinearAlgebra.cholesky(a)
    Self.near(matmul(factor, factor.transposed()), a, "cholesky")
    expectClose(factor.upperTriangle(diagonal: 1), Tensor.zeros(like: a), absolute: 0)
    let (values, vectors) = LinearAlgebra.eigh(a)
    Self.near(matmul(vectors * values.unsqueezed(dim: 1), vectors.transposed()), a, "eigh")
    Self.near(LinearAlgebra.eigenvalues(a), values, "eigenvalues")
    #expect((values.differences() .>= 0).all().item() == 1)
    let m = Self.random([2, 5, 3], dtype)
    let (u, s, vh) = LinearAlgebra.svd(m)
    Self.near(matmul(u * s.unsqueezed(dim: 1), vh), m, "svd")
    Self.near(LinearAlgebra.singularValues(m), s, "singular values")
    #expect(LinearAlgebra.svd(m, full: true).u.shape == [2, 5, 5])
    let (q, r) = LinearAlgebra.qr(m)
    Self.near(matmul(q, r), m, "qr")
    let unit = Tensor.eye(3, dtype: dtype).expanded([2, 3, 3])
    Self.near(matmul(q.transposed(), q), unit, "orthonormal")
  }

  @Test(arguments: [DType.float32, .float64])
  func solutionsSolve(_ dtype: DType) {
    let a = Self.positive(dtype)
    let b = Self.random([2, 4, 3], dtype, seed: 2)
    let factor = LinearAlgebra.cholesky(a)
    let unit = Tensor.eye(4, dtype: dtype).expanded([2, 4, 4])
    Self.near(matmul(a, LinearAlgebra.solve(a, b)), b, "solve")
    Self.near(matmul(a, LinearAlgebra.choleskySolve(b, factor: factor)), b, "choleskySolve")
    Self.near(matmul(factor, LinearAlgebra.triangularSolve(factor, b)), b, "lower")
    let upper = factor.transposed()
    let solved = LinearAlgebra.triangularSolve(upper, b, upper: true)
    Self.near(matmul(upper, solved), b, "upper")
    Self.near(matmul(a, LinearAlgebra.inverse(a)), unit, "inverse")
    Self.near(matmul(a, LinearAlgebra.choleskyInverse(factor)), unit, "choleskyInverse")
    Self.near(matmul(a, LinearAlgebra.power(a, -1)), unit, "power")
    let m = Self.random([2, 5, 3], dtype)
    let pseudo = LinearAlgebra.pseudoInverse(m)
    Self.near(matmul(matmul(m, pseudo), m), m, "pseudoInverse")
    let rightSide = Self.random([2, 5, 1], dtype, seed: 3)
    let best = LinearAlgebra.leastSquares(m, rightSide)
    Self.near(best, matmul(pseudo, rightSide), "leastSquares")
  }

  @Test(arguments: [DType.float32, .float64])
  func determinantsAndFunctionsAgree(_ dtype: DType) {
    let a = Self.positive(dtype)
    let (sign, logAbs) = LinearAlgebra.slogdet(a)
    let values = LinearAlgebra.eigenvalues(a)
    Self.near(sign, Tensor.ones([2], dtype: dtype), "sign")
    Self.near(logAbs, log(values).sum(dim: 1), "slogdet")
    Self.near(LinearAlgebra.logdet(a), logAbs, "logdet")
    Self.near(log(LinearAlgebra.det(a)), logAbs, "det")
    Self.near(LinearAlgebra.trace(a[0]), values[0].sum(), "trace")
    Self.near(LinearAlgebra.frobeniusNorm(a), sqrt(squared(values).sum(dim: 1)), "norm")
    let small = a / 20
    let (w, v) = LinearAlgebra.eigh(small)
    let expected = matmul(v * exp(w).unsqueezed(dim: 1), v.transposed())
    Self.near(LinearAlgebra.matrixExp(small), expected, "matrixExp")
    let turn = Tensor([[0, -1], [1, 0]], dtype: dtype)
    let complex = LinearAlgebra.eig(turn).values
    Self.near(complex.imaginary.sorted().values, Tensor([-1, 1], dtype: dtype), "eig")
    let x = Tensor([1, 0, 0], dtype: dtype)
    let y = Tensor([0, 1, 0], dtype: dtype)
    Self.near(LinearAlgebra.cross(x, y), Tensor([0, 0, 1], dtype: dtype), "cross")
  }

  @Test func gradientsMatchDifferences() {
    let a = Self.random([3, 3], .float64)
    let b = Self.random([3, 2], .float64, seed: 2)
    let w = Self.random([3, 3], .float64, seed: 3)
    func spd(_ x: Tensor) -> Tensor { matmul(x, x.transposed()) + Tensor.eye(3, dtype: .float64) }
    let functions: [(String, (Tensor) -> Tensor)] = [
      ("cholesky", { (LinearAlgebra.cholesky(spd($0)) * w).sum() }),
      ("eigenvalues", { (LinearAlgebra.eigenvalues(spd($0)) * w[0]).sum() }),
      ("singularValues", { (LinearAlgebra.singularValues($0) * w[0]).sum() }),
      ("slogdet", { LinearAlgebra.slogdet($0).logAbsDet }),
      ("inverse", { (LinearAlgebra.inverse(spd($0)) * w).sum() }),
      ("matrixExp", { (LinearAlgebra.matrixExp($0 / 3) * w).sum() }),
      ("qr", { (LinearAlgebra.qr($0).r * w).sum() }),
    ]
    for (name, function) in functions {
      expectGradientsMatchDifferences(at: [a], tolerance: 1e-5, name) { function($0[0]) }
    }
    expectGradientsMatchDifferences(at: [a, b], tolerance: 1e-5, "solve") {
      squared(LinearAlgebra.solve(spd($0[0]), $0[1])).sum()
    }
    expectGradientsMatchDifferences(at: [a, b], tolerance: 1e-5, "triangularSolve") {
      let factor = LinearAlgebra.cholesky(spd($0[0]))
      return squared(LinearAlgebra.triangularSolve(factor, $0[1])).sum()
    }
  }

  @Test func aMatrixWithoutAFactorIsAnError() {
    let text = message { try withTorchErrors { LinearAlgebra.cholesky(-Tensor.eye(2)) } }
    #expect(
      text.hasPrefix("linalg_cholesky of [2, 2] float32: linalg.cholesky: The factorization could")
    )
  }
}
