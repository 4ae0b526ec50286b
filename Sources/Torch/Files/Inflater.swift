import CISAL

/// Decompression by ISA-L, fed by its owner piece by piece.
package final class Inflater {
  /// What stands around the deflated data.
  package enum Form {
    /// Nothing, as in a ZIP archive (RFC 1951).
    case bare
    /// A head and a checksum (RFC 1952).
    case gzip
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

  private let machine: UnsafeMutableRawPointer

  /// A machine at the start of its data; nil without memory.
  package init?(_ form: Form) {
    guard let machine = ci_new(form == .gzip ? 1 : 0) else { return nil }
    self.machine = machine
  }

  deinit { free(machine) }

  /// Unpacks as much of `input` as fits into `output`; nil for data that are damaged or, without
  /// more input, cut off.
  package func inflate(
    _ input: UnsafeMutableBufferPointer<UInt8>, into output: UnsafeMutableRawBufferPointer
  ) -> Step? {
    let step = ci_inflate(
      machine, input.baseAddress, UInt32(min(input.count, 1 << 30)),
      output.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(min(output.count, 1 << 30)))
    let isEnd = step.is_end != 0
    guard step.status >= 0, isEnd || step.used + step.written > 0 else { return nil }
    return Step(used: Int(step.used), written: Int(step.written), isEnd: isEnd)
  }

  /// Begins anew, for data that follow.
  package func restart() { ci_restart(machine) }
}
