// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let cholesky = Operator("aten::linalg_cholesky(Tensor self, *, bool upper=False) -> Tensor")
  package static let choleskyEx = Operator("aten::linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)")
  package static let choleskySolve = Operator("aten::cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor")
  package static let triangularSolve = Operator("aten::linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor")
  package static let eigh = Operator("aten::linalg_eigh(Tensor self, str UPLO=\"L\") -> (Tensor eigenvalues, Tensor eigenvectors)")
  package static let eigvalsh = Operator("aten::linalg_eigvalsh(Tensor self, str UPLO=\"L\") -> Tensor")
  package static let svd = Operator("aten::linalg_svd(Tensor A, bool full_matrices=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)")
  package static let svdvals = Operator("aten::linalg_svdvals(Tensor A, *, str? driver=None) -> Tensor")
  package static let qr = Operator("aten::linalg_qr(Tensor A, str mode=\"reduced\") -> (Tensor Q, Tensor R)")
  package static let slogdet = Operator("aten::linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet)")
  package static let det = Operator("aten::linalg_det(Tensor A) -> Tensor")
  package static let inv = Operator("aten::linalg_inv(Tensor A) -> Tensor")
  package static let pinv = Operator("aten::linalg_pinv.atol_rtol_float(Tensor self, *, float? atol=None, float? rtol=None, bool hermitian=False) -> Tensor")
  package static let solve = Operator("aten::linalg_solve(Tensor A, Tensor B, *, bool left=True) -> Tensor")
  package static let lstsq = Operator("aten::linalg_lstsq(Tensor self, Tensor b, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values)")
  package static let matrixExp = Operator("aten::linalg_matrix_exp(Tensor self) -> Tensor")
  package static let matrixNorm = Operator("aten::linalg_matrix_norm.str_ord(Tensor self, str ord=\"fro\", int[] dim=[-2, -1], bool keepdim=False, *, ScalarType? dtype=None) -> Tensor")
  package static let trace = Operator("aten::trace(Tensor self) -> Tensor")
  package static let choleskyInverse = Operator("aten::cholesky_inverse(Tensor self, bool upper=False) -> Tensor")
  package static let matrixPower = Operator("aten::linalg_matrix_power(Tensor self, int n) -> Tensor")
  package static let logdet = Operator("aten::logdet(Tensor self) -> Tensor")
  package static let cross = Operator("aten::linalg_cross(Tensor self, Tensor other, *, int dim=-1) -> Tensor")
  package static let eig = Operator("aten::linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)")
}
