// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let matmul = Operator("aten::matmul(Tensor self, Tensor other) -> Tensor")
  package static let bmm = Operator("aten::bmm(Tensor self, Tensor mat2) -> Tensor")
  package static let mm = Operator("aten::mm(Tensor self, Tensor mat2) -> Tensor")
  package static let addmm = Operator("aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor")
  package static let baddbmm = Operator("aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor")
  package static let dot = Operator("aten::dot(Tensor self, Tensor tensor) -> Tensor")
  package static let outer = Operator("aten::outer(Tensor self, Tensor vec2) -> Tensor")
  package static let einsum = Operator("aten::einsum(str equation, Tensor[] tensors, *, int[]? path=None) -> Tensor")
  package static let linear = Operator("aten::linear(Tensor input, Tensor weight, Tensor? bias=None) -> Tensor")
  package static let cdist = Operator("aten::cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor")
  package static let cosineSimilarity = Operator("aten::cosine_similarity(Tensor x1, Tensor x2, int dim=1, float eps=1e-08) -> Tensor")
  package static let kron = Operator("aten::kron(Tensor self, Tensor other) -> Tensor")
  package static let tensordot = Operator("aten::tensordot(Tensor self, Tensor other, int[] dims_self, int[] dims_other) -> Tensor")
}
