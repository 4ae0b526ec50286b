import CZlib

/// The bytes that a deflated stream stands for (RFC 1951), unpacked as they are asked for.
final class InflatedStream: ByteStream {
  let name: String
  private(set) var remaining: Int
  private let source: any ByteStream
  /// At a place of its own, because zlib refuses a state that has moved.
  private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var input = [UInt8](repeating: 0, count: 65_536)
  /// How much of `input` zlib has taken, and how much it has still to take.
  private var consumed = 0
  private var available = 0

  /// Unpacks `source`, which is to give `count` bytes.
  init(_ source: any ByteStream, count: Int) throws {
    self.source = source
    name = source.name
    remaining = count
    state.initialize(to: z_stream())
    // Negative window bits: no zlib head, as ZIP has it.
    let status = inflateInit2_(state, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw failure("zlib cannot start (status \(status))") }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws {
    guard buffer.count <= remaining else { throw failure("ends early") }
    var done = 0
    while done < buffer.count {
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      done += try step(target)
    }
    remaining -= done
  }

  /// One call of zlib's, with new input if the old is used up; at least one byte or an error.
  private func step(_ target: UnsafeMutableRawBufferPointer) throws -> Int {
    if available == 0 {
      available = min(input.count, source.remaining)
      try input.withUnsafeMutableBytes {
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[0..<available]))
      }
      consumed = 0
    }
    let room = min(target.count, Int(UInt32.max))
    let (status, written) = input.withUnsafeMutableBufferPointer { bytes in
      state.pointee.next_in = bytes.baseAddress.map { $0 + consumed }
      state.pointee.avail_in = UInt32(available)
      state.pointee.next_out = target.baseAddress?.assumingMemoryBound(to: UInt8.self)
      state.pointee.avail_out = UInt32(room)
      let status = inflate(state, Z_NO_FLUSH)
      return (status, room - Int(state.pointee.avail_out))
    }
    let used = available - Int(state.pointee.avail_in)
    consumed += used
    available -= used
    let isDone = status == Z_STREAM_END && written < target.count
    guard status == Z_OK || status == Z_STREAM_END, !isDone, used + written > 0 else {
      throw failure("its deflated data is damaged or cut off")
    }
    return written
  }

  private func failure(_ problem: String) -> FileError { ZipDirectory.bad(name, problem) }
}

/// A stream whose bytes must have a given CRC-32, which is known when the last is read.
final class ChecksumStream: ByteStream {
  private let source: any ByteStream
  private let expected: UInt32
  private var sum: UInt32 = 0

  init(_ source: any ByteStream, expected: UInt32) {
    self.source = source
    self.expected = expected
  }

  var name: String { source.name }
  var remaining: Int { source.remaining }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws {
    try source.read(into: buffer)
    sum = checksum(UnsafeRawBufferPointer(buffer), from: sum)
    if remaining == 0, sum != expected {
      throw ZipDirectory.bad(name, "its CRC-32 differs: the data is damaged")
    }
  }
}

/// The CRC-32 of `bytes` after those whose sum is `start`.
func checksum(_ bytes: UnsafeRawBufferPointer, from start: UInt32 = 0) -> UInt32 {
  var sum = UInt(start)
  var rest = bytes
  while let base = rest.baseAddress, !rest.isEmpty {
    let piece = min(rest.count, 1 << 30)
    sum = crc32(sum, base.assumingMemoryBound(to: UInt8.self), UInt32(piece))
    rest = UnsafeRawBufferPointer(rebasing: rest[piece...])
  }
  return UInt32(sum)
}
