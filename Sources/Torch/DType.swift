import TorchRaw

/// The type of a tensor's elements.
///
/// `complex64` and `complex128` exist for Fourier transforms. PyTorch: `torch.dtype`.
public enum DType: Int32, Sendable, Hashable, CaseIterable, Codable, CustomStringConvertible {
  /// Truth values, one byte each.
  case bool = 11
  /// Unsigned bytes, as images are stored.
  case uint8 = 0
  /// Signed 32-bit integers.
  case int32 = 3
  /// Signed 64-bit integers, the type of indices and labels.
  case int64 = 4
  /// IEEE half precision.
  case float16 = 5
  /// Brain floating point: float32's range with 8 bits of precision.
  case bfloat16 = 15
  /// IEEE single precision, the default.
  case float32 = 6
  /// IEEE double precision.
  case float64 = 7
  /// Pairs of float32.
  case complex64 = 9
  /// Pairs of float64.
  case complex128 = 10

  /// LibTorch's name, such as `float32`.
  public var description: String { scalarTypeName(rawValue) }

  /// The bytes that one element takes.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8: 1
    case .float16, .bfloat16: 2
    case .int32, .float32: 4
    case .int64, .float64, .complex64: 8
    case .complex128: 16
    }
  }

  /// Whether elements are real floating-point numbers.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    default: false
    }
  }

  /// Whether elements are complex numbers.
  public var isComplex: Bool { self == .complex64 || self == .complex128 }

  /// The unit round-off, the distance from 1 to the next number above; nil where there is none.
  public var epsilon: Double? {
    switch self {
    case .float16: 0x1p-10
    case .bfloat16: 0x1p-7
    case .float32, .complex64: 0x1p-23
    case .float64, .complex128: 0x1p-52
    default: nil
    }
  }
}

extension DType {
  var argument: Argument { .int(Int(rawValue)) }
}
