import CZlib

/// Checksums made right again after a mutation, so that it reaches what lies behind them.
enum Repair {
  /// A PNG file whose chunks have the sums of their contents.
  static func png(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - place - 12 else { break }
      let end = place + 8 + length
      let sum = checksum(bytes[place + 4..<end])
      for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * index)) }
      place = end + 4
    }
    return bytes
  }

  /// A ZIP archive of one stored entry with a right sum.
  static func zip(_ name: String, _ content: [UInt8]) -> [UInt8] {
    func little(_ value: Int, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let sizes =
      little(Int(checksum(content[...])), 4) + little(content.count, 4) + little(content.count, 4)
    let fields = little(20, 2) + little(0, 8) + sizes + little(name.utf8.count, 2) + little(0, 2)
    let entry = little(0x0403_4b50, 4) + fields + Array(name.utf8) + content
    let row =
      little(0x0201_4b50, 4) + little(20, 2) + fields + little(0, 14) + Array(name.utf8)
    let end =
      little(0x0605_4b50, 4) + little(0, 4) + little(1, 2) + little(1, 2) + little(row.count, 4)
      + little(entry.count, 4) + little(0, 2)
    return entry + row + end
  }

  /// A gzip file of these bytes.
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return bytes }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    let room = output.count
    input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(room)
        _ = deflate(&stream, Z_FINISH)
      }
    }
    return Array(output.prefix(room - Int(stream.avail_out)))
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
  }
}
