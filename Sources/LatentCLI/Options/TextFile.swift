import LatentCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Reads small text files.
enum TextFile {
  /// The longest file read, 16 MiB: a recipe file beyond it is a mistake.
  static let limit = 16 << 20

  /// The text of a file in UTF-8.
  ///
  /// **Fails** with exit code 3 when the file cannot be opened or read, is longer than ``limit`` or
  /// is not UTF-8.
  static func read(_ path: Path) throws(CommandError) -> String {
    let descriptor = open(path.text, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = chunk.withUnsafeMutableBytes { buffer in
        #if canImport(Glibc)
          Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        #elseif canImport(Musl)
          Musl.read(descriptor, buffer.baseAddress, buffer.count)
        #else
          Darwin.read(descriptor, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, errno) }
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= limit else {
        throw .environment(
          "\(path): expected a text of at most 16 MiB, found a longer file",
          remedy: "name the recipe file, not the data")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .environment(
        "\(path): expected text in UTF-8, found other bytes", remedy: "save the file as UTF-8")
    }
    return text
  }

  private static func failure(_ path: Path, _ code: Int32) -> CommandError {
    let reason = strerror(code).map { String(cString: $0) } ?? "error \(code)"
    return .environment(
      "\(path): expected a file that can be read, found: \(reason)",
      remedy: "check the path and its permissions")
  }
}
