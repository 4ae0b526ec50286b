import FoundationEssentials

/// Named tensors in a file of the safetensors format: a JSON head and plain bytes, no code inside.
///
/// Format: https://huggingface.co/docs/safetensors. Both directions agree with the Python package.
public struct Safetensors {
  /// The tensors by name, on the CPU after reading.
  public var tensors: [String: Tensor]
  /// Free texts kept beside them.
  public var metadata: [String: String]

  /// Tensors to be written.
  public init(_ tensors: [String: Tensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// Reads a whole file.
  ///
  /// Throws `FileError` for a file that is cut off, whose head is no JSON or over 100 MB, whose
  /// places overlap or leave the file, or whose types this package does not know.
  public init(path: String) throws {
    let file = try InputFile(path)
    let (header, start) = try Self.header(of: file)
    var tensors: [String: Tensor] = [:]
    for (name, entry) in header.entries {
      tensors[name] = try Self.read(entry, name: name, file: file, start: start)
    }
    self.init(tensors, metadata: header.metadata)
  }

  private static func header(of file: InputFile) throws -> (SafetensorsHeader, start: Int) {
    let first = try file.bytes(at: 0, count: 8)
    let length = first.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= 100_000_000, Int(length) <= file.count - 8 else {
      throw bad(file.path, "expected a head within the file's \(file.count) bytes, found \(length)")
    }
    let text = try file.bytes(at: 8, count: Int(length))
    do {
      let header = try JSONDecoder().decode(SafetensorsHeader.self, from: Data(text))
      return (header, 8 + Int(length))
    } catch {
      throw bad(file.path, "expected a JSON head of tensors, found something else")
    }
  }

  private static func read(
    _ entry: SafetensorsHeader.Entry, name: String, file: InputFile, start: Int
  ) throws -> Tensor {
    guard let type = SafetensorsHeader.typeNames.first(where: { $0.name == entry.dtype }) else {
      throw bad(file.path, "tensor '\(name)' has type \(entry.dtype), which is not supported")
    }
    guard entry.data_offsets.count == 2, entry.data_offsets[0] >= 0,
      entry.data_offsets[1] >= entry.data_offsets[0],
      entry.data_offsets[1] <= file.count - start, entry.shape.allSatisfy({ $0 >= 0 })
    else {
      throw bad(file.path, "tensor '\(name)' lies outside the file")
    }
    let length = entry.data_offsets[1] - entry.data_offsets[0]
    var expected = type.dtype.byteCount
    for size in entry.shape {
      let (product, overflow) = expected.multipliedReportingOverflow(by: size)
      guard !overflow else { throw bad(file.path, "tensor '\(name)' has an impossible shape") }
      expected = product
    }
    guard expected == length else {
      throw bad(file.path, "tensor '\(name)' needs \(expected) bytes, found \(length)")
    }
    let bytes = try file.bytes(at: start + entry.data_offsets[0], count: length)
    return bytes.withUnsafeBytes { Tensor(bytes: $0, shape: entry.shape, dtype: type.dtype) }
  }

  /// Writes the file, replacing an old one only when the new one is complete.
  ///
  /// Names are laid down in order, so equal contents give equal bytes. Throws `FileError`.
  public func write(to path: String) throws {
    var header = SafetensorsHeader()
    header.metadata = metadata
    var offset = 0
    // Wide elements first keeps every tensor aligned to its own size, as readers that map expect.
    let order = tensors.sorted {
      ($1.value.dtype.byteCount, $0.key) < ($0.value.dtype.byteCount, $1.key)
    }
    for (name, tensor) in order {
      guard let type = SafetensorsHeader.typeNames.first(where: { $0.dtype == tensor.dtype }) else {
        throw Self.bad(path, "tensor '\(name)' has type \(tensor.dtype), which the format lacks")
      }
      let end = offset + tensor.byteCount
      header.entries[name] = .init(
        dtype: type.name, shape: tensor.shape, data_offsets: [offset, end])
      offset = end
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var head = Array(try encoder.encode(header))
    head += [UInt8](repeating: UInt8(ascii: " "), count: (8 - head.count % 8) % 8)
    var length = UInt64(head.count).littleEndian
    try AtomicFile.write(to: path) { put in
      try withUnsafeBytes(of: &length) { try put($0) }
      try head.withUnsafeBytes { try put($0) }
      for (_, tensor) in order { try tensor.withUnsafeBytes { try put($0) } }
    }
  }

  private static func bad(_ path: String, _ problem: String) -> FileError {
    FileError(
      path: path, problem: problem, remedy: "check that it is a complete safetensors file")
  }
}
