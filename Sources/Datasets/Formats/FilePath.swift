#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Questions about paths that need no file to be opened.
package enum FilePath {
  /// Whether there is a plain file.
  package static func isFile(_ path: String) -> Bool { mode(path) == S_IFREG }

  /// Whether there is a folder.
  package static func isFolder(_ path: String) -> Bool { mode(path) == S_IFDIR }

  /// Whether there is anything.
  package static func exists(_ path: String) -> Bool { mode(path) != nil }

  private static func mode(_ path: String) -> mode_t? {
    var information = stat()
    return stat(path, &information) == 0 ? information.st_mode & S_IFMT : nil
  }

  /// The last component.
  package static func lastComponent(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The suffix after the last point of the last component, in lower case; `idx.gz` counts as
  /// `idx`.
  package static func suffix(_ path: String) -> String {
    var name = lastComponent(path).lowercased()
    if name.hasSuffix(".gz") { name.removeLast(3) }
    guard let point = name.lastIndex(of: "."), point != name.startIndex else { return "" }
    return String(name[name.index(after: point)...])
  }
}
