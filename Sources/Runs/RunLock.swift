import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to train a run, held by one process at a time and given back when the process ends,
/// however it ends. The file `.lock` holds the number of the process that has it.
public final class RunLock {
  private let descriptor: Int32

  /// Takes the right; throws `FileError` while another process has it.
  public convenience init(_ folder: RunFolder) throws {
    try self.init(at: folder.path, busy: "another process is training this run")
  }

  /// The right to a folder of another kind; `busy` says what another process does that has it.
  init(at folder: String, busy: String) throws {
    let path = "\(folder)/.lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(
        path: path, problem: "cannot be opened: \(String(cString: strerror(errno)))",
        remedy: "check that you may write to the folder")
    }
    guard Self.take(descriptor) else {
      close(descriptor)
      throw FileError(
        path: folder, problem: busy,
        remedy: "wait for it, or stop it first")
    }
    let number = Array("\(getpid())\n".utf8)
    ftruncate(descriptor, 0)
    pwrite(descriptor, number, number.count, 0)
    // Last: an initialiser that throws once all is set runs `deinit`, which would close the descriptor again.
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Tries for a tenth of a second: who asks for the holder has the lock for an instant.
  private static func take(_ descriptor: Int32) -> Bool {
    for attempt in 0..<5 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
      if attempt < 4 { usleep(25_000) }
    }
    return false
  }

  /// The process that trains the run in the folder at `path`; nil if none does.
  ///
  /// The lock itself is asked, which no dead process can hold; a holder that has not written its
  /// number yet is 0.
  package static func holder(of path: String) -> Int? {
    let descriptor = open("\(path)/.lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
    var bytes = [UInt8](repeating: 0, count: 24)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let digits = bytes.prefix(max(count, 0)).prefix { $0 != 0x0A }
    return Int(String(decoding: digits, as: UTF8.self)) ?? 0
  }
}
