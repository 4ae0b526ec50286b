import CZlib

/// Writes a ZIP archive piece by piece, with 64-bit sizes throughout.
///
/// One form for all sizes, and a fixed date of 1980, so that equal contents give equal bytes.
struct ZipWriter {
  private let put: (UnsafeRawBufferPointer) throws -> Void
  private var offset = 0
  private var directory: [UInt8] = []
  private var entryCount = 0

  init(_ put: @escaping (UnsafeRawBufferPointer) throws -> Void) {
    self.put = put
  }

  /// Adds an entry made of `head` and `body`, one after the other.
  mutating func add(
    _ name: String, head: [UInt8], body: UnsafeRawBufferPointer, deflated: Bool
  ) throws {
    let sum = head.withUnsafeBytes { checksum(body, from: checksum($0)) }
    let count = head.count + body.count
    let packed = deflated ? try deflate(head, body, name) : nil
    let packedCount = packed?.count ?? count
    let extra = little(1, 2) + little(16, 2) + little(count, 8) + little(packedCount, 8)
    // Version 4.5 for 64-bit sizes; flag 11: the name is UTF-8; date 1980-01-01.
    let common =
      little(45, 2) + little(1 << 11, 2) + little(deflated ? 8 : 0, 2) + little(0, 2)
      + little(1 << 5 | 1, 2) + little(Int(sum), 4) + little(0xffff_ffff, 4)
      + little(0xffff_ffff, 4) + little(name.utf8.count, 2)
    let start = offset
    try write(little(0x0403_4b50, 4) + common + little(extra.count, 2) + Array(name.utf8) + extra)
    if let packed {
      try write(packed)
    } else {
      try write(head)
      try put(body)
      offset += body.count
    }
    directory += little(0x0201_4b50, 4) + little(45, 2) + common
    directory += little(extra.count + 8, 2) + [UInt8](repeating: 0, count: 10)
    directory += little(0xffff_ffff, 4) + Array(name.utf8)
    directory += little(1, 2) + little(24, 2) + extra.dropFirst(4) + little(start, 8)
    entryCount += 1
  }

  /// Writes the directory; nothing can be added after it.
  mutating func finish() throws {
    let start = offset
    try write(directory)
    let end = offset
    try write(
      little(0x0606_4b50, 4) + little(44, 8) + little(45, 2) + little(45, 2) + little(0, 8)
        + little(entryCount, 8) + little(entryCount, 8) + little(end - start, 8)
        + little(start, 8))
    try write(little(0x0706_4b50, 4) + little(0, 4) + little(end, 8) + little(1, 4))
    try write(
      little(0x0605_4b50, 4) + little(0, 4) + little(0xffff, 2) + little(0xffff, 2)
        + little(0xffff_ffff, 4) + little(0xffff_ffff, 4) + little(0, 2))
  }

  private mutating func write(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try put($0) }
    offset += bytes.count
  }

  private func little(_ value: Int, _ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}

/// `head` and `body` as one deflated stream without zlib's own head (RFC 1951).
private func deflate(
  _ head: [UInt8], _ body: UnsafeRawBufferPointer, _ name: String
) throws -> [UInt8] {
  // At a place of its own, because zlib refuses a state that has moved.
  let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  state.initialize(to: z_stream())
  defer { state.deallocate() }
  let ready = deflateInit2_(
    state, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  guard ready == Z_OK else { throw ZipDirectory.bad(name, "zlib cannot start (status \(ready))") }
  defer { deflateEnd(state) }
  var packed: [UInt8] = []
  var window = [UInt8](repeating: 0, count: 65_536)
  func feed(_ bytes: UnsafeRawBufferPointer, last: Bool) throws {
    var rest = bytes
    repeat {
      let piece = min(rest.count, 1 << 30)
      let mode = last && piece == rest.count ? Z_FINISH : Z_NO_FLUSH
      // zlib reads here and writes nothing; its C interface lacks the word const.
      let start = UnsafeMutableRawPointer(mutating: rest.baseAddress)
      state.pointee.next_in = start?.assumingMemoryBound(to: UInt8.self)
      state.pointee.avail_in = UInt32(piece)
      repeat {
        let status = window.withUnsafeMutableBufferPointer { room in
          state.pointee.next_out = room.baseAddress
          state.pointee.avail_out = UInt32(room.count)
          return CZlib.deflate(state, mode)
        }
        guard status != Z_STREAM_ERROR else { throw ZipDirectory.bad(name, "zlib failed") }
        packed += window.prefix(window.count - Int(state.pointee.avail_out))
      } while state.pointee.avail_out == 0
      rest = UnsafeRawBufferPointer(rebasing: rest[piece...])
    } while !rest.isEmpty
  }
  try head.withUnsafeBytes { try feed($0, last: false) }
  try feed(body, last: true)
  return packed
}
