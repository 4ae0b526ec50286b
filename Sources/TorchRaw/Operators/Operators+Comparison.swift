// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let eq = Operator("aten::eq.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let eqScalar = Operator("aten::eq.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let ne = Operator("aten::ne.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let neScalar = Operator("aten::ne.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let lt = Operator("aten::lt.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let ltScalar = Operator("aten::lt.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let le = Operator("aten::le.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let leScalar = Operator("aten::le.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let gt = Operator("aten::gt.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let gtScalar = Operator("aten::gt.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let ge = Operator("aten::ge.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let geScalar = Operator("aten::ge.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let logicalAnd = Operator("aten::logical_and(Tensor self, Tensor other) -> Tensor")
  package static let logicalOr = Operator("aten::logical_or(Tensor self, Tensor other) -> Tensor")
  package static let logicalXor = Operator("aten::logical_xor(Tensor self, Tensor other) -> Tensor")
  package static let logicalNot = Operator("aten::logical_not(Tensor self) -> Tensor")
  package static let isnan = Operator("aten::isnan(Tensor self) -> Tensor")
  package static let isinf = Operator("aten::isinf(Tensor self) -> Tensor")
  package static let isfinite = Operator("aten::isfinite(Tensor self) -> Tensor")
  package static let equal = Operator("aten::equal(Tensor self, Tensor other) -> bool")
  package static let isclose = Operator("aten::isclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> Tensor")
  package static let allclose = Operator("aten::allclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> bool")
  package static let isin = Operator("aten::isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor")
}
