import CZlib

/// zlib's decompression, fed by its owner piece by piece.
package final class Inflater {
  /// What stands around the deflated data.
  package enum Form {
    /// Nothing, as in a ZIP archive (RFC 1951).
    case bare
    /// A head and a checksum (RFC 1952).
    case gzip

    /// zlib's code: the largest window, negative without a head, 16 more for gzip's.
    fileprivate var windowBits: Int32 { self == .bare ? -15 : 16 + 15 }
  }

  /// What one piece of input came to.
  package struct Step {
    /// How many bytes of the input were taken.
    package let used: Int
    /// How many bytes of output were made.
    package let written: Int
    /// Whether the data end here.
    package let isEnd: Bool
  }

  /// At a place of its own, because zlib refuses a state that has moved.
  private let state = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

  /// A machine at the start of its data; nil if zlib has no memory.
  package init?(_ form: Form) {
    state.initialize(to: z_stream())
    let status = inflateInit2_(
      state, form.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    if status != Z_OK { return nil }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
  }

  /// Unpacks as much of `input` as fits into `output`; nil for data that are damaged or, without
  /// more input, cut off.
  package func inflate(
    _ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer
  ) -> Step? {
    let room = min(output.count, 1 << 30)
    let given = min(input.count, 1 << 30)
    state.pointee.next_in = input.baseAddress
    state.pointee.avail_in = UInt32(given)
    state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(room)
    let status = CZlib.inflate(state, Z_NO_FLUSH)
    let step = Step(
      used: given - Int(state.pointee.avail_in), written: room - Int(state.pointee.avail_out),
      isEnd: status == Z_STREAM_END)
    let isRight = step.isEnd || (status == Z_OK && step.used + step.written > 0)
    return isRight ? step : nil
  }

  /// Begins anew, for data that follow; false if zlib cannot.
  package func restart() -> Bool { inflateReset(state) == Z_OK }
}
