import FoundationEssentials
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folders that were made for a run, so that a run that never began leaves nothing behind.
struct MadeFolders {
  /// In the order in which they were made.
  private var paths: [String]
  private static let files = [
    ".lock", "run.json", "events.jsonl", "state.safetensors", "last.safetensors",
  ]

  /// Nothing yet, or what is known to have been made for one.
  init(paths: [String] = []) { self.paths = paths }

  /// Whether nothing was made, or all of it taken back.
  var isEmpty: Bool { paths.isEmpty }

  /// Makes a folder and those above it that are missing; throws `FileError` with the system's reason.
  mutating func make(_ path: String) throws {
    var pieces = ""
    for piece in path.split(separator: "/", omittingEmptySubsequences: false) {
      pieces += piece
      defer { pieces += "/" }
      guard !piece.isEmpty, piece != ".", piece != ".." else { continue }
      if mkdir(pieces, 0o755) == 0 {
        paths.append(pieces)
        continue
      }
      let code = errno
      guard code == EEXIST || FileManager.default.fileExists(atPath: pieces) else {
        throw Self.failure(pieces, code)
      }
    }
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder else {
      throw Self.failure(path, ENOTDIR)
    }
  }

  /// Removes what was made: folders inside others first, and those that others use too stay.
  mutating func undo() {
    for path in paths.reversed() {
      // A run's own files are all in folders that were made with it.
      for name in Self.files { unlink("\(path)/\(name)") }
      rmdir(path)
    }
    paths = []
  }

  private static func failure(_ path: String, _ code: Int32) -> FileError {
    FileError(
      path: path, problem: "the folder cannot be made: \(String(cString: strerror(code)))",
      remedy: code == ENOSPC || code == EDQUOT
        ? "free space on the disk, or choose another place with --out"
        : "choose a place that you may write to with --out")
  }
}
