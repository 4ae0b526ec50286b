import Torch

/// The bytes that a gzip file stands for (RFC 1952), unpacked as they are asked for.
final class GzipStream {
  private let file: any ByteSource
  private let inflater: Inflater?
  private var input = [UInt8](repeating: 0, count: 1 << 16)
  private var offset = 0
  private var ended = false

  init(_ file: any ByteSource) {
    self.file = file
    inflater = Inflater(.gzip)
  }

  /// Fills as much of `buffer` as there are bytes left; 0 at the end of the last member.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let inflater else { throw broken("there is no memory to unpack it") }
    var done = 0
    while done < buffer.count, !ended {
      let taken = min(input.count, file.count - offset)
      try input.withUnsafeMutableBytes {
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<taken]), at: offset)
      }
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let step = input.withUnsafeMutableBufferPointer { source in
        inflater.inflate(UnsafeMutableBufferPointer(rebasing: source[..<taken]), into: target)
      }
      guard let step else { throw broken("its compressed data are damaged or cut off") }
      // What was not used is read again, which keeps no state between calls but the offset.
      offset += step.used
      done += step.written
      if step.isEnd { nextMember(inflater) }
    }
    return done
  }

  /// A gzip file may be several, one after another.
  private func nextMember(_ inflater: Inflater) {
    ended = offset == file.count
    if !ended { inflater.restart() }
  }

  private func broken(_ problem: String) -> FileError {
    FileError(
      path: file.path, problem: "is no complete gzip file: \(problem)",
      remedy: "copy or download it again")
  }
}
