/// The head of an NPY file: element type, byte order, memory order and shape.
///
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1.0,
/// 2.0 and 3.0. Everything is checked before a byte of data is allocated.
struct NumPyHeader {
  let type: NumPyType
  let isBigEndian: Bool
  let isFortranOrder: Bool
  let shape: [Int]
  /// The bytes of all elements in the file.
  let dataCount: Int

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The heads of plain arrays are shorter than 200 bytes.
  private static let longest = 65_535

  /// Reads magic, version and head from the start of `stream` and checks that exactly the data is
  /// left after it.
  init(_ stream: any ByteStream) throws {
    let name = stream.name
    let start = try stream.next(8)
    guard Array(start.prefix(6)) == Self.magic else {
      throw Self.bad(name, "expected the magic bytes of an NPY file, found others")
    }
    guard (1...3).contains(start[6]), start[7] == 0 else {
      throw Self.bad(name, "expected NPY version 1.0 to 3.0, found \(start[6]).\(start[7])")
    }
    let length = try stream.next(start[6] == 1 ? 2 : 4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.longest else {
      throw Self.bad(name, "expected a head of at most \(Self.longest) bytes, found \(length)")
    }
    guard case .dictionary(let fields)? = PythonLiteral(try stream.next(length)),
      Set(fields.keys) == ["descr", "fortran_order", "shape"],
      case .bool(let fortran)? = fields["fortran_order"], case .list(let sizes)? = fields["shape"]
    else {
      throw Self.bad(name, "expected a head with descr, fortran_order and shape, found another")
    }
    guard case .string(let descr)? = fields["descr"] else {
      throw Self.bad(name, "holds records with fields, expected one number an element")
    }
    (type, isBigEndian) = try Self.type(descr, name)
    isFortranOrder = fortran
    shape = try Self.sizes(sizes, name)
    dataCount = try Self.product(shape, type.byteCount, name)
    guard dataCount == stream.remaining else {
      throw Self.bad(
        name,
        "expected \(dataCount) bytes for shape \(shape) of \(descr), found \(stream.remaining)")
    }
  }

  private static func type(_ descr: String, _ name: String) throws -> (NumPyType, Bool) {
    let order = descr.first.map { "<>|=".contains($0) } == true ? descr.first : nil
    let code = String(order == nil ? descr[...] : descr.dropFirst())
    guard let type = NumPyType.named(code) else {
      throw FileError(
        path: name, problem: "holds \(NumPyType.complaint(code))",
        remedy: "save numbers or truth values with numpy.save")
    }
    return (type, order == ">" && type.wordCount > 1)
  }

  private static func sizes(_ list: [PythonLiteral], _ name: String) throws -> [Int] {
    let shape = list.compactMap { element -> Int? in
      if case .int(let size) = element, size >= 0 { size } else { nil }
    }
    guard shape.count == list.count, shape.count <= 64 else {
      throw bad(name, "expected a shape of at most 64 sizes from 0 up, found another")
    }
    return shape
  }

  private static func product(_ shape: [Int], _ byteCount: Int, _ name: String) throws -> Int {
    var total = byteCount
    // Sizes beside a zero still must not overflow, since strides are made of them.
    var nonzero = byteCount
    for size in shape {
      let (next, overflow) = nonzero.multipliedReportingOverflow(by: Swift.max(size, 1))
      guard !overflow else { throw bad(name, "has the impossible shape \(shape)") }
      nonzero = next
      total = size == 0 ? 0 : total * size
    }
    return total
  }

  /// Magic, version 1.0 and head for a tensor of this shape, padded so that data starts at a
  /// multiple of 64 bytes.
  static func bytes(_ type: NumPyType, shape: [Int]) -> [UInt8] {
    let order = type.wordCount == 1 ? "|" : "<"
    let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let head =
      "{'descr': '\(order)\(type.code)', 'fortran_order': False, 'shape': (\(sizes)), }"
    let fixed = magic.count + 2 + 2
    let padding = 63 - (fixed + head.utf8.count) % 64
    let length = head.utf8.count + padding + 1
    return magic + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)] + Array(head.utf8)
      + [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
  }

  static func bad(_ name: String, _ problem: String) -> FileError {
    FileError(path: name, problem: problem, remedy: "check that it is a complete NumPy file")
  }
}
