#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writing that leaves the old file or the new one, never a part.
///
/// The bytes go to a neighbour of another name, are flushed to the disk and renamed. A failure
/// (full disk, missing folder, no permission) removes the neighbour and throws `FileError`.
package enum AtomicFile {
  /// Replaces the file at `path` by what `write` gives to its argument, piece by piece.
  package static func write(
    to path: String, _ write: (_ put: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let temporary = "\(path).part-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(path, "cannot be created", errno) }
    var done = false
    defer {
      close(descriptor)
      if !done { unlink(temporary) }
    }
    try write { try putAll($0, descriptor, path) }
    guard fsync(descriptor) == 0 else { throw failure(path, "cannot be flushed", errno) }
    guard rename(temporary, path) == 0 else { throw failure(path, "cannot be renamed", errno) }
    done = true
    flushFolder(of: path)
  }

  /// Replaces the file at `path` by `bytes`.
  package static func write(_ bytes: [UInt8], to path: String) throws {
    try write(to: path) { put in try bytes.withUnsafeBytes { try put($0) } }
  }

  /// Replaces the file at `path` by a text in UTF-8.
  package static func write(_ text: String, to path: String) throws {
    try write(Array(text.utf8), to: path)
  }

  private static func putAll(
    _ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, _ path: String
  ) throws {
    var rest = bytes
    while let base = rest.baseAddress, rest.count > 0 {
      #if canImport(Glibc)
        let written = Glibc.write(descriptor, base, rest.count)
      #else
        let written = Darwin.write(descriptor, base, rest.count)
      #endif
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw failure(path, "cannot be written", errno) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Makes the renaming itself last through a loss of power; a system that refuses is no failure.
  private static func flushFolder(of path: String) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let descriptor = open(folder.isEmpty ? "/" : folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ path: String, _ what: String, _ code: Int32) -> FileError {
    let remedy =
      switch code {
      case ENOSPC, EDQUOT: "free space on the disk, or choose another place"
      case EACCES, EPERM, EROFS: "choose a place that you may write to"
      case ENOENT: "make the folder first, or choose another place"
      default: "check the path and the disk"
      }
    return FileError(
      path: path, problem: "\(what): \(String(cString: strerror(code)))", remedy: remedy)
  }
}
