// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let sigmoid = Operator("aten::sigmoid(Tensor self) -> Tensor")
  package static let logSigmoid = Operator("aten::log_sigmoid(Tensor self) -> Tensor")
  package static let relu = Operator("aten::relu(Tensor self) -> Tensor")
  package static let leakyRelu = Operator("aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor")
  package static let prelu = Operator("aten::prelu(Tensor self, Tensor weight) -> Tensor")
  package static let elu = Operator("aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor")
  package static let selu = Operator("aten::selu(Tensor self) -> Tensor")
  package static let celu = Operator("aten::celu(Tensor self, Scalar alpha=1.) -> Tensor")
  package static let gelu = Operator("aten::gelu(Tensor self, *, str approximate=\"none\") -> Tensor")
  package static let silu = Operator("aten::silu(Tensor self) -> Tensor")
  package static let mish = Operator("aten::mish(Tensor self) -> Tensor")
  package static let softplus = Operator("aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor")
  package static let hardtanh = Operator("aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor")
  package static let hardsigmoid = Operator("aten::hardsigmoid(Tensor self) -> Tensor")
  package static let hardswish = Operator("aten::hardswish(Tensor self) -> Tensor")
  package static let glu = Operator("aten::glu(Tensor self, int dim=-1) -> Tensor")
  package static let softshrink = Operator("aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor")
  package static let hardshrink = Operator("aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor")
  package static let softmax = Operator("aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor")
  package static let logSoftmax = Operator("aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor")
  package static let safeSoftmax = Operator("aten::_safe_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor")
}
