// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let add = Operator("aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor")
  package static let addScalar = Operator("aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor")
  package static let sub = Operator("aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor")
  package static let subScalar = Operator("aten::sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor")
  package static let rsubScalar = Operator("aten::rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor")
  package static let mul = Operator("aten::mul.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let mulScalar = Operator("aten::mul.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let div = Operator("aten::div.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let divScalar = Operator("aten::div.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let divMode = Operator("aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor")
  package static let remainder = Operator("aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let remainderScalar = Operator("aten::remainder.Scalar(Tensor self, Scalar other) -> Tensor")
  package static let reciprocal = Operator("aten::reciprocal(Tensor self) -> Tensor")
  package static let neg = Operator("aten::neg(Tensor self) -> Tensor")
  package static let powTensor = Operator("aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor")
  package static let powScalar = Operator("aten::pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor")
  package static let powBase = Operator("aten::pow.Scalar(Scalar self, Tensor exponent) -> Tensor")
  package static let addcmul = Operator("aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor")
  package static let addcdiv = Operator("aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor")
  package static let lerp = Operator("aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor")
  package static let lerpScalar = Operator("aten::lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor")
  package static let maximum = Operator("aten::maximum(Tensor self, Tensor other) -> Tensor")
  package static let minimum = Operator("aten::minimum(Tensor self, Tensor other) -> Tensor")
  package static let fmod = Operator("aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor")
  package static let atan2 = Operator("aten::atan2(Tensor self, Tensor other) -> Tensor")
  package static let hypot = Operator("aten::hypot(Tensor self, Tensor other) -> Tensor")
  package static let logAddExp = Operator("aten::logaddexp(Tensor self, Tensor other) -> Tensor")
  package static let xlogy = Operator("aten::xlogy.Tensor(Tensor self, Tensor other) -> Tensor")
}
