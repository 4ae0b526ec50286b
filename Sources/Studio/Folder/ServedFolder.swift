import Runs

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The folder that the studio serves, and the only way into it.
///
/// Every part of a path below it is opened relative to the one before and may not be a symbolic link,
/// so that nothing outside can be reached even while the folder changes.
struct ServedFolder: Sendable {
  /// The folder's path; it alone may be a link.
  let path: String

  /// The plain file at these parts, or nil.
  func file(_ parts: [String]) -> OpenFile? {
    guard let name = parts.last, Request.isPlain(name), let folder = descend(parts.dropLast())
    else { return nil }
    defer { close(folder) }
    let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    return descriptor >= 0 ? OpenFile(descriptor) : nil
  }

  /// The names in the folder at these parts without hidden ones, sorted; none without such a folder.
  func names(_ parts: [String] = []) -> [String] {
    var names: [String] = []
    if let folder = descend(parts[...]) { Self.list(folder) { name, _ in names.append(name) } }
    return names.sorted()
  }

  /// Calls `body` for each folder in this one with its name and a descriptor that is good for the call.
  func forEachFolder(_ body: (_ name: String, _ folder: Int32) -> Void) {
    guard let folder = descend([]) else { return }
    Self.list(folder) { name, kind in
      guard kind == Int32(DT_DIR) || kind == Int32(DT_UNKNOWN), Request.isPlain(name) else {
        return
      }
      let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard inner >= 0 else { return }
      body(name, inner)
      close(inner)
    }
  }

  /// The process that trains a run; nil if none does.
  func trainer(of run: String) -> Int? {
    guard Request.isPlain(run) else { return nil }
    return RunLock.holder(of: "\(path)/\(run)")
  }

  /// Lists a folder whose descriptor is closed with it.
  private static func list(_ folder: Int32, _ body: (String, Int32) -> Void) {
    guard let stream = fdopendir(folder) else {
      close(folder)
      return
    }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(validatingCString: $0)
        }
      }
      if let name, !name.hasPrefix(".") { body(name, Int32(entry.pointee.d_type)) }
    }
  }

  private func descend(_ parts: ArraySlice<String>) -> Int32? {
    var folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for part in parts where folder >= 0 {
      let next =
        Request.isPlain(part)
        ? openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1
      close(folder)
      folder = next
    }
    return folder >= 0 ? folder : nil
  }
}
