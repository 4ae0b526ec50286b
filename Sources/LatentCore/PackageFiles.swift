#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that set-up puts beside the program, below the folder of the package.
public enum PackageFiles {
  /// Where a file of the package can be: `relativePath` below the folder of the program and each of
  /// its parents, the nearest first.
  ///
  /// Not below the working folder: a program there could be anybody's.
  public static func candidates(_ relativePath: String) -> [String] {
    var paths: [String] = []
    var folder = programPath[...]
    while let slash = folder.lastIndex(of: "/") {
      folder = folder[..<slash]
      paths.append("\(folder)/\(relativePath)")
    }
    return paths
  }

  private static var programPath: String {
    let name = CommandLine.arguments.first ?? ""
    for candidate in ["/proc/self/exe", name] {
      guard let resolved = realpath(candidate, nil) else { continue }
      defer { free(resolved) }
      return String(cString: resolved)
    }
    return name
  }
}
