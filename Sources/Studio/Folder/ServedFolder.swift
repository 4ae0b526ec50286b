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
    guard let name = parts.last, Self.isPlain(name),
      let folder = descend(parts.dropLast())
    else { return nil }
    defer { close(folder) }
    let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    return descriptor >= 0 ? OpenFile(descriptor) : nil
  }

  /// The names in the folder at these parts without hidden ones, sorted; none without such a folder.
  func names(_ parts: [String] = []) -> [String] {
    guard let folder = descend(parts[...]) else { return [] }
    guard let stream = fdopendir(folder) else {
      close(folder)
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
          String(validatingCString: $0)
        }
      }
      if let name, !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private func descend(_ parts: ArraySlice<String>) -> Int32? {
    var folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    for part in parts where folder >= 0 {
      let next =
        Self.isPlain(part)
        ? openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1
      close(folder)
      folder = next
    }
    return folder >= 0 ? folder : nil
  }

  /// One name, not a path, and no way up.
  private static func isPlain(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains(UInt8(ascii: "/"))
      && !name.utf8.contains(0)
  }
}
