import FoundationEssentials
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which build of the package is running.
public enum PackageIdentity {
  /// The package's version, as the changelog has it.
  public static let version = "0.1.0"

  /// The commit of the checkout that the program was built in, or nil if it was installed from
  /// elsewhere.
  ///
  /// Read from `.git` above the program's own place, without running git.
  public static let commit: String? = {
    var folder = programFolder
    while folder.count > 1 {
      let place = gitFolder("\(folder)/.git")
      if let text = read("\(place)/HEAD") { return resolve(text, in: place) }
      folder = parent(of: folder)
    }
    return nil
  }()

  /// Tells builds apart, with or without a commit: the size of the program's file and when it was written.
  public static let build: String = {
    var found = stat()
    guard stat(programPath, &found) == 0 else { return "" }
    return "\(found.st_size)-\(found.modified.tv_sec).\(found.modified.tv_nsec)"
  }()

  /// The checkout that the program was built in, or nil.
  public static let root: String? = {
    var folder = programFolder
    while folder.count > 1 {
      if FileManager.default.fileExists(atPath: "\(folder)/Package.swift") { return folder }
      folder = parent(of: folder)
    }
    return nil
  }()

  /// The path of the program itself.
  public static var program: String { programPath }

  private static var programPath: String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return link ?? CommandLine.arguments.first ?? ""
  }

  private static var programFolder: String { parent(of: programPath) }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private static func read(_ path: String) -> String? {
    guard let bytes = try? InputFile(path).all() else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").first.map(String.init)
  }

  /// Where `HEAD` is: `.git` itself, or the folder that it names in a working tree of its own.
  private static func gitFolder(_ path: String) -> String {
    guard let text = read(path), text.hasPrefix("gitdir: ") else { return path }
    return String(text.dropFirst(8))
  }

  private static func resolve(_ head: String, in folder: String) -> String? {
    guard head.hasPrefix("ref: ") else { return head }
    let reference = String(head.dropFirst(5))
    // A working tree of its own shares its branches with the checkout that `commondir` names.
    let common = read("\(folder)/commondir").map { "\(folder)/\($0)" } ?? folder
    if let direct = read("\(common)/\(reference)") { return direct }
    guard let packed = try? InputFile("\(common)/packed-refs").all() else { return nil }
    let lines = String(decoding: packed, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasSuffix(" \(reference)") }
    return line.map { String($0.prefix { $0 != " " }) }
  }
}

extension stat {
  /// When the file was last written.
  fileprivate var modified: timespec {
    #if canImport(Glibc)
      st_mtim
    #else
      st_mtimespec
    #endif
  }
}
