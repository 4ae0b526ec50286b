import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The right to train a run, held by one process at a time and given back when the process ends,
/// however it ends.
public final class RunLock {
  private let descriptor: Int32

  /// Takes the right; throws `FileError` while another process has it.
  public init(_ folder: RunFolder) throws {
    let path = folder.file(".lock")
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(
        path: path, problem: "cannot be opened: \(String(cString: strerror(errno)))",
        remedy: "check that you may write to the run's folder")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw FileError(
        path: folder.path, problem: "another process is training this run",
        remedy: "wait for it, or stop it first")
    }
  }

  deinit { close(descriptor) }
}
