#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Torch

/// The names in a folder, in the order of their bytes, without hidden ones.
package enum FolderListing {
  /// Throws `FileError` when the folder cannot be read.
  package static func names(_ path: String) throws -> [String] {
    guard let folder = opendir(path) else {
      throw FileError(
        path: path, problem: "cannot be listed: \(String(cString: strerror(errno)))",
        remedy: "check the path and its permissions")
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
