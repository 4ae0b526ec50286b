import CISAL

/// The bytes that a deflated stream stands for (RFC 1951), unpacked as they are asked for.
final class InflatedStream: ByteStream {
  let name: String
  private(set) var remaining: Int
  private let source: any ByteStream
  private let inflater: Inflater
  private var input = [UInt8](repeating: 0, count: 65_536)
  /// How much of `input` was taken, and how much is still to be taken.
  private var consumed = 0
  private var available = 0

  /// Unpacks `source`, which is to give `count` bytes.
  init(_ source: any ByteStream, count: Int) throws {
    guard let inflater = Inflater(.bare) else {
      throw ZipDirectory.bad(source.name, "there is no memory to unpack it")
    }
    self.source = source
    self.inflater = inflater
    name = source.name
    remaining = count
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

  /// One step of the inflater's, with new input if the old is used up.
  private func step(_ target: UnsafeMutableRawBufferPointer) throws -> Int {
    if available == 0 {
      available = min(input.count, source.remaining)
      try input.withUnsafeMutableBytes {
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[0..<available]))
      }
      consumed = 0
    }
    let step = input.withUnsafeMutableBufferPointer { bytes in
      inflater.inflate(
        UnsafeMutableBufferPointer(rebasing: bytes[consumed..<consumed + available]), into: target)
    }
    guard let step, !step.isEnd || step.written == target.count else {
      throw failure("its deflated data is damaged or cut off")
    }
    consumed += step.used
    available -= step.used
    return step.written
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
  guard let base = bytes.baseAddress else { return start }
  return crc32_gzip_refl(start, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
}
