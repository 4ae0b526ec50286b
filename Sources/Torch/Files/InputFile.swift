#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file opened for reading at any place, closed when the object goes.
package final class InputFile {
  package let path: String
  /// The file's length in bytes when it was opened.
  package let count: Int
  private let descriptor: Int32

  /// Opens a plain file; throws `FileError` for a folder, a missing file or one without permission.
  package init(_ path: String) throws {
    // Without O_NONBLOCK a named pipe would wait for a writer before it can be refused.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw FileError(
        path: path, problem: "cannot be opened: \(String(cString: strerror(errno)))",
        remedy: "check the path and its permissions")
    }
    var information = stat()
    guard fstat(descriptor, &information) == 0, information.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw FileError(
        path: path, problem: "is not a plain file", remedy: "name a file, not a folder or a device")
    }
    self.path = path
    self.count = Int(information.st_size)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Tells the system that reads come in no order, so that it reads nothing ahead of them.
  package func expectScatteredReads() {
    #if canImport(Glibc)
      posix_fadvise(descriptor, 0, 0, POSIX_FADV_RANDOM)
    #endif
  }

  /// Fills `buffer` from the bytes at `offset`; throws `FileError` if the file ends before.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
    var done = 0
    while done < buffer.count {
      let place = buffer.baseAddress.map { $0 + done }
      let got = pread(descriptor, place, buffer.count - done, off_t(offset + done))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else {
        throw FileError(
          path: path,
          problem: "ends early: expected \(buffer.count) bytes at \(offset), found \(done)",
          remedy: "the file is cut off; copy or download it again")
      }
      done += got
    }
  }

  /// The `count` bytes at `offset`; throws `FileError` before allocating if they are not there.
  package func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
      throw FileError(
        path: path,
        problem: "ends early: expected \(count) bytes at \(offset), found \(self.count) in all",
        remedy: "the file is cut off; copy or download it again")
    }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      try read(into: UnsafeMutableRawBufferPointer(buffer), at: offset)
      initialized = count
    }
  }

  /// The whole file.
  package func all() throws -> [UInt8] { try bytes(at: 0, count: count) }

  /// What is there up to the end, for files of the system that do not know their length.
  package func readToEnd() throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let got = pread(descriptor, &buffer, buffer.count, off_t(bytes.count))
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return bytes }
      bytes += buffer.prefix(got)
    }
  }
}
