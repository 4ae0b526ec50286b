import TorchRaw

/// How a Fourier transform shares the factor 1/n between the two directions.
public enum FourierNormalization: String, Sendable {
  /// None forward, 1/n backward.
  case backward
  /// 1/√n in both, so that lengths are kept.
  case ortho
  /// 1/n forward, none backward.
  case forward
}

/// Discrete Fourier transforms. PyTorch: `torch.fft`.
///
/// Real input gives complex output; `complex64` from float32, `complex128` from float64.
public enum FourierTransform {
  /// The transform along `dim`, of length `count` (cut or padded with zeros).
  /// PyTorch: `torch.fft.fft`.
  public static func fft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.fft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The inverse transform along `dim`. PyTorch: `torch.fft.ifft`.
  public static func ifft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.ifft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The half n/2 + 1 of a real signal's transform that determines the rest.
  /// PyTorch: `torch.fft.rfft`.
  public static func rfft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.rfft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The real signal of length `count` (2(m − 1) by default) from its half transform.
  /// PyTorch: `torch.fft.irfft`.
  public static func irfft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.irfft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The transform along the last two dimensions. PyTorch: `torch.fft.fft2`.
  public static func fft2(_ x: Tensor, norm: FourierNormalization = .backward) -> Tensor {
    Tensor(call(.fft2, x.argument, nil, .ints([-2, -1]), .string(norm.rawValue)))
  }

  /// The inverse transform along the last two dimensions. PyTorch: `torch.fft.ifft2`.
  public static func ifft2(_ x: Tensor, norm: FourierNormalization = .backward) -> Tensor {
    Tensor(call(.ifft2, x.argument, nil, .ints([-2, -1]), .string(norm.rawValue)))
  }

  /// The transform along `dims` (all if nil). PyTorch: `torch.fft.fftn`.
  public static func fftn(
    _ x: Tensor, dims: [Int]? = nil, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.fftn, x.argument, nil, dims.map(Argument.ints) ?? .none, .string(norm.rawValue)))
  }

  /// The inverse transform along `dims` (all if nil). PyTorch: `torch.fft.ifftn`.
  public static func ifftn(
    _ x: Tensor, dims: [Int]? = nil, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.ifftn, x.argument, nil, dims.map(Argument.ints) ?? .none, .string(norm.rawValue)))
  }

  /// The half transform of real images along the last two dimensions. PyTorch: `torch.fft.rfft2`.
  public static func rfft2(_ x: Tensor, norm: FourierNormalization = .backward) -> Tensor {
    Tensor(call(.rfft2, x.argument, nil, .ints([-2, -1]), .string(norm.rawValue)))
  }

  /// Real images of `size` from their half transform. PyTorch: `torch.fft.irfft2`.
  public static func irfft2(
    _ x: Tensor, size: [Int]? = nil, norm: FourierNormalization = .backward
  ) -> Tensor {
    let lengths = size.map(Argument.ints) ?? .none
    return Tensor(call(.irfft2, x.argument, lengths, .ints([-2, -1]), .string(norm.rawValue)))
  }

  /// Frequency zero moved to the middle of `dims` (all if nil). PyTorch: `torch.fft.fftshift`.
  public static func shifted(_ x: Tensor, dims: [Int]? = nil) -> Tensor {
    Tensor(call(.fftshift, x.argument, dims.map(Argument.ints) ?? .none))
  }

  /// The inverse of `shifted`. PyTorch: `torch.fft.ifftshift`.
  public static func unshifted(_ x: Tensor, dims: [Int]? = nil) -> Tensor {
    Tensor(call(.ifftshift, x.argument, dims.map(Argument.ints) ?? .none))
  }

  /// The frequencies of `rfft`'s output for `count` samples at distance `spacing`.
  /// PyTorch: `torch.fft.rfftfreq`.
  public static func realFrequencies(_ count: Int, spacing: Double = 1) -> Tensor {
    Tensor(call(.rfftfreq, .int(count), .double(spacing)))
  }

  /// The frequencies of `fft`'s output for `count` samples at distance `spacing`.
  /// PyTorch: `torch.fft.fftfreq`.
  public static func frequencies(_ count: Int, spacing: Double = 1) -> Tensor {
    Tensor(call(.fftfreq, .int(count), .double(spacing)))
  }
}

extension Tensor {
  /// The real parts. PyTorch: `torch.real`.
  public var real: Tensor { Tensor(call(.real, argument)) }
  /// The imaginary parts of a complex tensor. PyTorch: `torch.imag`.
  public var imaginary: Tensor { Tensor(call(.imag, resolved.argument)) }
  /// The conjugate. PyTorch: `torch.conj`.
  public var conjugate: Tensor { Tensor(call(.resolveConj, call(.conj, argument).asArgument)) }
  /// The angle in radians. PyTorch: `torch.angle`.
  public var angle: Tensor { Tensor(call(.angle, argument)) }
  /// A last dimension of real and imaginary part. PyTorch: `view_as_real`.
  public var asReal: Tensor { Tensor(call(.viewAsReal, resolved.argument)) }
  /// Complex numbers from a last dimension of size 2. PyTorch: `view_as_complex`.
  public var asComplex: Tensor { Tensor(call(.viewAsComplex, argument)) }

  /// Complex numbers from real and imaginary parts. PyTorch: `torch.complex`.
  public static func complex(real: Tensor, imaginary: Tensor) -> Tensor {
    Tensor(call(.complex, real.argument, imaginary.argument))
  }
}

extension TensorHandle {
  var asArgument: Argument { .tensor(self) }
}
