#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What tells the states of a run's files apart without reading them.
struct FileStamp: Sendable, Equatable {
  private struct Mark: Sendable, Equatable {
    var size = -1
    var seconds = 0
    var nanoseconds = 0
    var node: UInt64 = 0
  }

  private var marks: [Mark] = []
  /// Whether all files are so old that a later change must show.
  private(set) var isSettled = true

  /// Looks at `names` in a folder; nil if the first is not there.
  init?(_ names: [String], below folder: Int32, now: Int) {
    for (index, name) in names.enumerated() {
      var found = stat()
      guard fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else {
        if index == 0 { return nil }
        marks.append(Mark())
        continue
      }
      let time = found.modified
      marks.append(
        Mark(
          size: Int(found.st_size), seconds: time.tv_sec, nanoseconds: time.tv_nsec,
          node: UInt64(found.st_ino)))
      // Clocks of file systems tick every few milliseconds.
      if time.tv_sec >= now - 1 { isSettled = false }
    }
  }

  static func == (a: FileStamp, b: FileStamp) -> Bool {
    a.isSettled && b.isSettled && a.marks == b.marks
  }
}

extension stat {
  /// When the file was last written.
  var modified: timespec {
    #if canImport(Glibc)
      st_mtim
    #else
      st_mtimespec
    #endif
  }
}
