import TorchRaw

/// One tensor in a file of NumPy's NPY format. Both directions agree with NumPy.
///
/// Types that tensors have are kept. On reading, int8, int16 and uint16 become int32 and uint32
/// becomes int64, the smallest types here that hold every value. Either byte order and either
/// memory order are read; written are little-endian numbers in row-major order, version 1.0.
/// NumPy: `numpy.load`, `numpy.save`.
public struct NumPyArray {
  /// The tensor, on the CPU and contiguous after reading.
  public var tensor: Tensor

  /// A tensor to be written.
  public init(_ tensor: Tensor) {
    self.tensor = tensor
  }

  /// Reads a whole file.
  ///
  /// Throws `FileError` for a file that is no NPY file of version 1.0 to 3.0, that is cut off or
  /// longer than its shape says, and for elements that are no numbers: pickled objects above all,
  /// which are never loaded.
  public init(path: String) throws {
    let file = try InputFile(path)
    try self.init(FileStream(file, offset: 0, count: file.count))
  }

  init(_ stream: any ByteStream) throws {
    let header = try NumPyHeader(stream)
    let type = header.type
    let stored = header.isFortranOrder ? header.shape.reversed() : header.shape
    let raw = try Tensor.filled(stored, storedAs: type.stored) { buffer in
      try stream.read(into: buffer)
      if header.isBigEndian { swapBytes(buffer, word: type.wordCount) }
    }
    let wide =
      type.stored == type.dtype.rawValue
      ? raw : Tensor(call(.toDtype, raw.argument, type.dtype.argument))
    let rank = header.shape.count
    self.init(header.isFortranOrder ? wide.permuted((0..<rank).reversed()).contiguous() : wide)
  }

  /// Writes the file, replacing an old one only when the new one is complete.
  ///
  /// Throws `FileError`, for bfloat16 too, which NumPy lacks: convert to float32 first.
  public func write(to path: String) throws {
    let head = try Self.head(of: tensor, name: path)
    try AtomicFile.write(to: path) { put in
      try head.withUnsafeBytes { try put($0) }
      try tensor.withUnsafeBytes { try put($0) }
    }
  }

  /// The file's bytes; throws `FileError` for bfloat16, which NumPy lacks.
  public func bytes() throws -> [UInt8] {
    try Self.head(of: tensor, name: "array.npy") + tensor.withUnsafeBytes { Array($0) }
  }

  /// The bytes before the elements.
  static func head(of tensor: Tensor, name: String) throws -> [UInt8] {
    guard tensor.isDefined, let type = NumPyType.writing(tensor.dtype) else {
      let type = tensor.isDefined ? "\(tensor.dtype)" : "no type, being undefined"
      throw FileError(
        path: name, problem: "the tensor has \(type), which NumPy lacks",
        remedy: "convert it with to(.float32) first")
    }
    return NumPyHeader.bytes(type, shape: tensor.shape)
  }
}

/// Turns the byte order of each `word` bytes round.
private func swapBytes(_ buffer: UnsafeMutableRawBufferPointer, word: Int) {
  for start in stride(from: 0, to: buffer.count - word + 1, by: word) {
    var low = start
    var high = start + word - 1
    while low < high {
      buffer.swapAt(low, high)
      low += 1
      high -= 1
    }
  }
}
