// Written by Tools/operators.py from Tools/operators.txt; edit the list, not this file.
// Schemas of LibTorch 2.13.0.
// swift-format-ignore-file

extension Operator {
  package static let fft = Operator("aten::fft_fft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor")
  package static let ifft = Operator("aten::fft_ifft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor")
  package static let rfft = Operator("aten::fft_rfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor")
  package static let irfft = Operator("aten::fft_irfft(Tensor self, SymInt? n=None, int dim=-1, str? norm=None) -> Tensor")
  package static let fft2 = Operator("aten::fft_fft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor")
  package static let ifft2 = Operator("aten::fft_ifft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor")
  package static let rfft2 = Operator("aten::fft_rfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor")
  package static let irfft2 = Operator("aten::fft_irfft2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2, -1], str? norm=None) -> Tensor")
  package static let fftn = Operator("aten::fft_fftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor")
  package static let ifftn = Operator("aten::fft_ifftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor")
  package static let rfftn = Operator("aten::fft_rfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor")
  package static let irfftn = Operator("aten::fft_irfftn(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None) -> Tensor")
  package static let fftfreq = Operator("aten::fft_fftfreq(int n, float d=1., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor")
  package static let rfftfreq = Operator("aten::fft_rfftfreq(int n, float d=1., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor")
  package static let fftshift = Operator("aten::fft_fftshift(Tensor self, int[1]? dim=None) -> Tensor")
  package static let ifftshift = Operator("aten::fft_ifftshift(Tensor self, int[1]? dim=None) -> Tensor")
  package static let viewAsReal = Operator("aten::view_as_real(Tensor(a) self) -> Tensor(a)")
  package static let viewAsComplex = Operator("aten::view_as_complex(Tensor(a) self) -> Tensor(a)")
  package static let real = Operator("aten::real(Tensor(a) self) -> Tensor(a)")
  package static let imag = Operator("aten::imag(Tensor(a) self) -> Tensor(a)")
  package static let complex = Operator("aten::complex(Tensor real, Tensor imag) -> Tensor")
  package static let polar = Operator("aten::polar(Tensor abs, Tensor angle) -> Tensor")
  package static let angle = Operator("aten::angle(Tensor self) -> Tensor")
  package static let conj = Operator("aten::conj(Tensor(a) self) -> Tensor(a)")
  package static let resolveConj = Operator("aten::resolve_conj(Tensor(a) self) -> Tensor(a)")
  package static let resolveNeg = Operator("aten::resolve_neg(Tensor(a) self) -> Tensor(a)")
}
