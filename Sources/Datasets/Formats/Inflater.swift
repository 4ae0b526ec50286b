import CZlib
import Torch

/// Decompression of gzip bytes (RFC 1952) by zlib, piece by piece.
final class Inflater {
  private let file: any ByteSource
  /// At a place of its own, because zlib refuses a state that has moved.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var offset = 0
  private var begun = false
  private var ended = false

  init(_ file: any ByteSource) {
    self.file = file
    stream.initialize(to: z_stream())
  }

  deinit {
    if begun { inflateEnd(stream) }
    stream.deallocate()
  }

  /// Fills as much of `buffer` as there are bytes left; 0 at the end of the last member.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let base = buffer.baseAddress, buffer.count > 0, !ended else { return 0 }
    if !begun {
      // 16 asks for gzip's own head and checksum, 15 is the largest window.
      let status = inflateInit2_(
        stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard status == Z_OK else { throw broken("zlib could not start") }
      begun = true
    }
    var done = 0
    while done < buffer.count, !ended {
      let taken = min(input.count, file.count - offset)
      try input.withUnsafeMutableBytes {
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<taken]), at: offset)
      }
      offset += taken
      let room = min(buffer.count - done, 1 << 30)
      let status = input.withUnsafeMutableBufferPointer { source in
        stream.pointee.next_in = source.baseAddress
        stream.pointee.avail_in = UInt32(taken)
        stream.pointee.next_out = (base + done).assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(room)
        return inflate(stream, Z_NO_FLUSH)
      }
      // What was not used is read again, which keeps no state between calls but the offset.
      offset -= Int(stream.pointee.avail_in)
      let produced = room - Int(stream.pointee.avail_out)
      done += produced
      switch status {
      case Z_STREAM_END: try nextMember()
      case Z_OK where produced > 0 || taken > 0: continue
      default: throw broken("its compressed data are damaged or cut off")
      }
    }
    return done
  }

  /// A gzip file may be several, one after another.
  private func nextMember() throws {
    guard offset < file.count else {
      ended = true
      return
    }
    guard inflateReset(stream) == Z_OK else { throw broken("zlib could not go on") }
  }

  private func broken(_ problem: String) -> FileError {
    FileError(
      path: file.path, problem: "is no complete gzip file: \(problem)",
      remedy: "copy or download it again")
  }
}
