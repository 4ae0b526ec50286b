#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The run folders in a place, each with a number that changes whenever what is listed of it does.
///
/// Nothing is read: the number is made of what the file system knows of `run.json`,
/// `evaluation.json` and `events.jsonl` (file, size, times), so ten thousand folders take a few tens
/// of milliseconds.
enum RunScan {
  /// The number of a folder whose files are so young that a further change might leave no trace.
  static let unsettled: Int64 = 0
  private static let files = ["run.json", "evaluation.json", "events.jsonl"]
  /// Clocks of file systems tick every few milliseconds.
  private static let settlingSeconds = 0.1
  private static let longest = 255

  /// Calls `body` with the name of each run folder as C's text, its length, and its number.
  ///
  /// A place that cannot be listed has no runs. Names that begin with a point are passed over.
  static func forEach(
    in parent: String,
    _ body: (_ name: UnsafePointer<CChar>, _ length: Int, _ number: Int64) throws -> Void
  ) rethrows {
    guard let folder = opendir(parent) else { return }
    defer { closedir(folder) }
    let descriptor = dirfd(folder)
    let oldest = now() - settlingSeconds
    let endings = files.map { Array("/\($0)".utf8CString) }
    try withUnsafeTemporaryAllocation(of: CChar.self, capacity: longest + 32) { path in
      guard let base = path.baseAddress else { return }
      while let entry = readdir(folder) {
        let kind = Int32(entry.pointee.d_type)
        guard kind == Int32(DT_DIR) || kind == Int32(DT_LNK) || kind == Int32(DT_UNKNOWN) else {
          continue
        }
        let length = copyName(of: entry, to: base)
        guard length > 0, length <= longest, base[0] != CChar(bitPattern: 0x2E) else { continue }
        guard
          let number = number(of: base, length, in: descriptor, endings, youngerThan: oldest)
        else { continue }
        base[length] = 0
        try body(base, length, number)
      }
    }
  }

  /// Whether there is a run folder.
  static func findsAny(in parent: String) -> Bool {
    struct Found: Error {}
    do {
      try forEach(in: parent) { _, _, _ in throw Found() }
      return false
    } catch { return true }
  }

  private static func copyName(
    of entry: UnsafeMutablePointer<dirent>, to path: UnsafeMutablePointer<CChar>
  ) -> Int {
    withUnsafePointer(to: &entry.pointee.d_name) { field in
      field.withMemoryRebound(to: CChar.self, capacity: longest + 1) { name in
        let length = strnlen(name, longest + 1)
        if length <= longest { path.update(from: name, count: length) }
        return length
      }
    }
  }

  /// The number of one folder, or nil if it holds no run.
  private static func number(
    of path: UnsafeMutablePointer<CChar>, _ length: Int, in folder: Int32, _ endings: [[CChar]],
    youngerThan oldest: Double
  ) -> Int64? {
    var mixed: UInt64 = 0
    var newest = 0.0
    for (index, ending) in endings.enumerated() {
      ending.withUnsafeBufferPointer { bytes in
        if let start = bytes.baseAddress { (path + length).update(from: start, count: bytes.count) }
      }
      var information = stat()
      guard fstatat(folder, path, &information, 0) == 0 else {
        if index == 0 { return nil }
        mixed = mix(mixed, 1)
        continue
      }
      let (modified, changed) = times(information)
      mixed = mix(mixed, UInt64(truncatingIfNeeded: information.st_ino))
      mixed = mix(mixed, UInt64(truncatingIfNeeded: information.st_size))
      for time in [modified, changed] {
        mixed = mix(mixed, UInt64(truncatingIfNeeded: time.tv_sec))
        mixed = mix(mixed, UInt64(truncatingIfNeeded: time.tv_nsec))
        newest = max(newest, Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9)
      }
    }
    guard newest < oldest else { return unsettled }
    let number = Int64(bitPattern: mixed)
    return number == unsettled ? 1 : number
  }

  /// One step of SplitMix64 over what came before.
  private static func mix(_ before: UInt64, _ value: UInt64) -> UInt64 {
    var z = (before ^ value) &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static func times(_ information: stat) -> (modified: timespec, changed: timespec) {
    #if canImport(Glibc)
      (information.st_mtim, information.st_ctim)
    #else
      (information.st_mtimespec, information.st_ctimespec)
    #endif
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
