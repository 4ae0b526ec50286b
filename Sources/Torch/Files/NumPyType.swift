import TorchRaw

/// An element type of NumPy's and the tensor type that its values are read as.
struct NumPyType {
  /// The kind letter and size of NumPy's `descr`, such as `f4`.
  let code: String
  /// LibTorch's number of the type as stored.
  let stored: Int32
  /// The type of the tensor.
  let dtype: DType

  /// The bytes of one element in the file.
  var byteCount: Int { Int(code.dropFirst()) ?? 1 }
  /// The bytes that a change of byte order turns round together.
  var wordCount: Int { code.first == "c" ? byteCount / 2 : byteCount }

  /// Types that a tensor has too, which are read and written as they are.
  private static let same: [NumPyType] = [
    .init(code: "b1", stored: DType.bool.rawValue, dtype: .bool),
    .init(code: "u1", stored: DType.uint8.rawValue, dtype: .uint8),
    .init(code: "i4", stored: DType.int32.rawValue, dtype: .int32),
    .init(code: "i8", stored: DType.int64.rawValue, dtype: .int64),
    .init(code: "f2", stored: DType.float16.rawValue, dtype: .float16),
    .init(code: "f4", stored: DType.float32.rawValue, dtype: .float32),
    .init(code: "f8", stored: DType.float64.rawValue, dtype: .float64),
    .init(code: "c8", stored: DType.complex64.rawValue, dtype: .complex64),
    .init(code: "c16", stored: DType.complex128.rawValue, dtype: .complex128),
  ]

  /// Types that are widened on reading to the smallest signed type that holds every value. The
  /// numbers are LibTorch's int8, int16, uint16 and uint32.
  private static let widened: [NumPyType] = [
    .init(code: "i1", stored: 1, dtype: .int32),
    .init(code: "i2", stored: 2, dtype: .int32),
    .init(code: "u2", stored: 27, dtype: .int32),
    .init(code: "u4", stored: 28, dtype: .int64),
  ]

  /// The type of `descr` without its byte order; nil for one that no tensor can hold.
  static func named(_ code: String) -> NumPyType? {
    (same + widened).first { $0.code == code }
  }

  /// The type that a tensor's elements are written as; nil for bfloat16, which NumPy lacks.
  static func writing(_ dtype: DType) -> NumPyType? {
    same.first { $0.dtype == dtype }
  }

  /// What the unreadable type `code` holds, in words.
  static func complaint(_ code: String) -> String {
    switch code.first {
    case "O": "pickled Python objects, which are never loaded because loading runs code"
    case "S", "U", "a": "texts"
    case "V": "raw records"
    case "M", "m": "dates or durations"
    case "u": "uint64 numbers, which int64 does not hold"
    default: "elements of type '\(code)'"
    }
  }
}
