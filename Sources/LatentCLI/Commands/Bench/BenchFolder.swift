#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder for what the processes of a benchmark tell one another, removed at the end of `body`.
enum BenchFolder {
  /// Throws `CommandError` with exit code 3 where none can be made, and what `body` throws.
  static func with<Result>(_ body: (String) throws -> Result) throws -> Result {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/latent-bench-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw CommandError.environment(
        "\(parent): expected a folder that can be written, found none",
        remedy: "set TMPDIR to one")
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { _ = try? BenchProcess.run("/bin/rm", ["-rf", folder]) }
    return try body(folder)
  }
}
