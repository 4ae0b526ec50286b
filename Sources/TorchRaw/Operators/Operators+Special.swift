// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let erf = Operator("aten::erf(Tensor self) -> Tensor")
  package static let erfc = Operator("aten::erfc(Tensor self) -> Tensor")
  package static let erfinv = Operator("aten::erfinv(Tensor self) -> Tensor")
  package static let lgamma = Operator("aten::lgamma(Tensor self) -> Tensor")
  package static let digamma = Operator("aten::digamma(Tensor self) -> Tensor")
  package static let polygamma = Operator("aten::polygamma(int n, Tensor self) -> Tensor")
  package static let mvlgamma = Operator("aten::mvlgamma(Tensor self, int p) -> Tensor")
  package static let i0 = Operator("aten::i0(Tensor self) -> Tensor")
  package static let i0e = Operator("aten::special_i0e(Tensor self) -> Tensor")
  package static let i1 = Operator("aten::special_i1(Tensor self) -> Tensor")
  package static let i1e = Operator("aten::special_i1e(Tensor self) -> Tensor")
  package static let ndtr = Operator("aten::special_ndtr(Tensor self) -> Tensor")
  package static let ndtri = Operator("aten::special_ndtri(Tensor self) -> Tensor")
  package static let logNdtr = Operator("aten::special_log_ndtr(Tensor self) -> Tensor")
  package static let gammainc = Operator("aten::special_gammainc(Tensor self, Tensor other) -> Tensor")
  package static let gammaincc = Operator("aten::special_gammaincc(Tensor self, Tensor other) -> Tensor")
  package static let zeta = Operator("aten::special_zeta(Tensor self, Tensor other) -> Tensor")
  package static let sinc = Operator("aten::sinc(Tensor self) -> Tensor")
  package static let erfcx = Operator("aten::special_erfcx(Tensor self) -> Tensor")
  package static let entr = Operator("aten::special_entr(Tensor self) -> Tensor")
  package static let besselJ0 = Operator("aten::special_bessel_j0(Tensor self) -> Tensor")
  package static let besselJ1 = Operator("aten::special_bessel_j1(Tensor self) -> Tensor")
}
