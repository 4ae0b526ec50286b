import FoundationEssentials
import TorchRaw

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
  /// I8, I16 and U16 become int32 and U32 becomes int64. Throws `FileError` for a file that is cut
  /// off, whose head is no JSON, has a key twice or exceeds 4 MB (some 40,000 tensors; the format
  /// allows 100 MB), whose tensors overlap, leave gaps or leave the file, or whose types this package
  /// does not know.
  public init(path: String) throws {
    let file = try InputFile(path)
    let (header, start) = try Self.header(of: file)
    var tensors: [String: Tensor] = [:]
    for (name, entry) in header.entries {
      tensors[name] = try Self.read(entry, name: name, file: file, start: start)
    }
    self.init(tensors, metadata: header.metadata)
  }

  private static let longestHead = 4_000_000

  private static func header(of file: InputFile) throws -> (SafetensorsHeader, start: Int) {
    let first = try file.bytes(at: 0, count: 8)
    let length = first.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(max(0, file.count - 8)) else {
      throw bad(file.path, "expected a head within the file's \(file.count) bytes, found \(length)")
    }
    guard length <= longestHead else {
      throw bad(file.path, "expected a head of at most \(longestHead) bytes, found \(length)")
    }
    let text = try file.bytes(at: 8, count: Int(length))
    guard let header = try? JSONDecoder().decode(SafetensorsHeader.self, from: Data(text)) else {
      throw bad(file.path, "expected a JSON head of tensors, found something else")
    }
    let start = 8 + Int(length)
    for (name, entry) in header.entries {
      if let complaint = entry.complaint(dataCount: file.count - start) {
        throw bad(file.path, "tensor '\(name)' \(complaint)")
      }
    }
    if let complaint = header.complaint(text: text, dataCount: file.count - start) {
      throw bad(file.path, complaint)
    }
    return (header, start)
  }

  private static func read(
    _ entry: SafetensorsHeader.Entry, name: String, file: InputFile, start: Int
  ) throws -> Tensor {
    guard let type = entry.type else {
      throw bad(file.path, "tensor '\(name)' has type \(entry.dtype), which is not supported")
    }
    let raw = try Tensor.filled(entry.shape, storedAs: type.stored) {
      try file.read(into: $0, at: start + entry.data_offsets[0])
    }
    return type.stored == type.dtype.rawValue
      ? raw : Tensor(call(.toDtype, raw.argument, type.dtype.argument))
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
      guard let type = SafetensorsHeader.name(of: tensor.dtype) else {
        throw Self.bad(path, "tensor '\(name)' has type \(tensor.dtype), which the format lacks")
      }
      let end = offset + tensor.byteCount
      header.entries[name] = .init(
        dtype: type, shape: tensor.shape, data_offsets: [offset, end])
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
