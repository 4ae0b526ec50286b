#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A plain file that is open for reading, closed when the object goes.
final class OpenFile: Sendable {
  /// The descriptor, at the file's beginning.
  let descriptor: Int32
  /// The file's length in bytes when it was opened.
  let count: Int

  /// Takes over a descriptor; nil (and closed) unless it is that of a plain file.
  init?(_ descriptor: Int32) {
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    count = Int(information.st_size)
  }

  deinit { close(descriptor) }

  /// The last `limit` bytes, or all if there are fewer.
  func tail(_ limit: Int) -> [UInt8] {
    bytes(at: max(0, count - limit), count: min(count, limit))
  }

  /// The bytes at `start`, fewer where the file ends before.
  func bytes(at start: Int, count wanted: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: max(0, wanted)) { buffer, length in
      while length < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[length...])
        let got = pread(descriptor, rest.baseAddress, rest.count, off_t(start + length))
        if got < 0, errno == EINTR { continue }
        guard got > 0 else { return }
        length += got
      }
    }
  }
}
