// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let makeDual = Operator("aten::_make_dual(Tensor(a) primal, Tensor tangent, int level) -> Tensor(a)")
  package static let unpackDual = Operator("aten::_unpack_dual(Tensor(a) dual, int level) -> (Tensor(a) primal, Tensor tangent)")
}
