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
  public static func fft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.fft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The inverse transform along `dim`.
  public static func ifft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.ifft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The half n/2 + 1 of a real signal's transform that determines the rest.
  public static func rfft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.rfft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The real signal of length `count` (2(m − 1) by default) from its half transform.
  public static func irfft(
    _ x: Tensor, count: Int? = nil, dim: Int = -1, norm: FourierNormalization = .backward
  ) -> Tensor {
    Tensor(call(.irfft, x.argument, .optional(count), .int(dim), .string(norm.rawValue)))
  }

  /// The transform along the last two dimensions.
  public static func fft2(_ x: Tensor, norm: FourierNormalization = .backward) -> Tensor {
    Tensor(call(.fft2, x.argument, nil, .ints([-2, -1]), .string(norm.rawValue)))
  }

  /// The inverse transform along the last two dimensions.
  public static func ifft2(_ x: Tensor, norm: FourierNormalization = .backward) -> Tensor {
    Tensor(call(.ifft2, x.argument, nil, .ints([-2, -1]), .string(norm.rawValue)))
  }

  /// The frequencies of `rfft`'s output for `count` samples at distance `spacing`.
  public static func realFrequencies(_ count: Int, spacing: Double = 1) -> Tensor {
    Tensor(call(.rfftfreq, .int(count), .double(spacing)))
  }

  /// The frequencies of `fft`'s output for `count` samples at distance `spacing`.
  public static func frequencies(_ count: Int, spacing: Double = 1) -> Tensor {
    Tensor(call(.fftfreq, .int(count), .double(spacing)))
  }
}

extension Tensor {
  /// The real parts.
  public var real: Tensor { Tensor(call(.real, argument)) }
  /// The imaginary parts of a complex tensor.
  public var imaginary: Tensor { Tensor(call(.imag, argument)) }
  /// The conjugate.
  public var conjugate: Tensor { Tensor(call(.resolveConj, call(.conj, argument).asArgument)) }
  /// The angle in radians.
  public var angle: Tensor { Tensor(call(.angle, argument)) }
  /// A last dimension of real and imaginary part. PyTorch: `view_as_real`.
  public var asReal: Tensor { Tensor(call(.viewAsReal, argument)) }
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
