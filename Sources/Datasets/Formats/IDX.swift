package import Torch

/// Arrays in the IDX format of the MNIST files: two zero bytes, a type, a rank, the sizes and the
/// elements, all big-endian; plain or compressed with gzip.
///
/// Format: Y. LeCun, C. Cortes, C. Burges, «The MNIST database», section on file formats.
package enum IDX {
  /// Reads a whole file: uint8 for unsigned bytes, int32 for the other integer types (8, 16 and 32
  /// bits, signed), float32 and float64.
  ///
  /// Throws `FileError` for another format, a rank above 8, a file that is shorter or longer than
  /// its head says, and damaged compression.
  package static func read(_ path: String) throws -> Tensor { try read(InputFile(path)) }

  package static func read(_ file: any ByteSource) throws -> Tensor {
    let path = file.path
    let stream = try ByteStream(file)
    let head = try stream.bytes(4, "head")
    guard head[0] == 0, head[1] == 0, let type = ElementType(rawValue: head[2]) else {
      throw bad(path, "expected 00 00 and a type from 08 to 0E, found \(hex(head[0..<3]))")
    }
    let rank = Int(head[3])
    guard (1...8).contains(rank) else {
      throw bad(path, "expected 1 to 8 dimensions, found \(rank)")
    }
    let sizes = try stream.bytes(4 * rank, "sizes")
    let shape = (0..<rank).map { dim in
      sizes[4 * dim..<4 * dim + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    let count = try elementCount(shape, width: type.width, stream)
    let tensor: Tensor
    if type == .unsignedByte, count <= Self.likelyExpansion * stream.fileSize {
      tensor = try Tensor.filled(shape, storedAs: DType.uint8.rawValue) {
        try stream.fill($0, "elements")
      }
    } else {
      tensor = type.tensor(try stream.bytes(count * type.width, "elements"), shape)
    }
    try stream.expectEnd()
    return tensor
  }

  /// How much longer than its file a tensor may be to be made before its bytes have arrived.
  private static let likelyExpansion = 64

  /// The number of elements, refused before anything is allocated if the file cannot hold them.
  private static func elementCount(
    _ shape: [Int], width: Int, _ stream: ByteStream
  ) throws -> Int {
    var bytes = width
    for size in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: size)
      guard !overflow else { throw bad(stream.path, "its sizes \(shape) are impossible") }
      bytes = product
    }
    // Deflate cannot expand by more than 1032.
    let possible =
      stream.isCompressed
      ? stream.fileSize.multipliedReportingOverflow(by: 1032).partialValue : stream.fileSize
    guard bytes <= possible else {
      throw bad(
        stream.path,
        "its sizes \(shape) need \(bytes) bytes, which a file of \(stream.fileSize) cannot hold")
    }
    return bytes / width
  }

  enum ElementType: UInt8 {
    case unsignedByte = 0x08
    case signedByte = 0x09
    case short = 0x0B
    case int = 0x0C
    case float = 0x0D
    case double = 0x0E

    var width: Int {
      switch self {
      case .unsignedByte, .signedByte: 1
      case .short: 2
      case .int, .float: 4
      case .double: 8
      }
    }

    func tensor(_ bytes: [UInt8], _ shape: [Int]) -> Tensor {
      switch self {
      case .unsignedByte: plain(bytes, shape, .uint8)
      case .signedByte: plain(bytes.map { Int32(Int8(bitPattern: $0)) }, shape, .int32)
      case .short:
        plain(words(bytes, UInt16.self).map { Int32(Int16(bitPattern: $0)) }, shape, .int32)
      case .int: plain(words(bytes, UInt32.self), shape, .int32)
      case .float: plain(words(bytes, UInt32.self), shape, .float32)
      case .double: plain(words(bytes, UInt64.self), shape, .float64)
      }
    }

    private func plain<Element>(_ elements: [Element], _ shape: [Int], _ dtype: DType) -> Tensor {
      elements.withUnsafeBytes { Tensor(bytes: $0, shape: shape, dtype: dtype) }
    }

    private func words<Word: FixedWidthInteger>(_ bytes: [UInt8], _ type: Word.Type) -> [Word] {
      bytes.withUnsafeBytes { source in
        (0..<source.count / width).map {
          Word(bigEndian: source.loadUnaligned(fromByteOffset: $0 * width, as: Word.self))
        }
      }
    }
  }

  private static func hex(_ bytes: ArraySlice<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
      .joined(separator: " ")
  }

  private static func bad(_ path: String, _ problem: String) -> FileError {
    FileError(
      path: path, problem: "is no IDX file: \(problem)", remedy: "check that it is complete")
  }
}
