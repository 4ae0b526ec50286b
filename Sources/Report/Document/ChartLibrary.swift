import LatentCore
import Torch

/// The source of plotly.js, which a page carries so that its charts answer without a network.
public struct ChartLibrary: Sendable, Hashable {
  /// Where the file lies below the folder of the package.
  public static let relativePath = ".deps/plotly/plotly.min.js"

  let source: String

  /// Reads the library; throws `FileError` when the file cannot be read, is larger than 20 MB or
  /// is not plotly.js.
  public init(path: String) throws {
    let file = try InputFile(path)
    guard file.count <= 20_000_000 else {
      throw FileError(
        path: path, problem: "expected at most 20 MB, found \(file.count) bytes",
        remedy: "run bin/setup again")
    }
    let text = String(decoding: try file.all(), as: UTF8.self)
    guard text.prefix(200).contains("plotly.js") else {
      throw FileError(
        path: path, problem: "expected plotly.js, found something else",
        remedy: "run bin/setup again")
    }
    source = Self.embeddable(text)
  }

  /// The library at the first of these paths that holds one, nil when none does.
  public static func find(searchPath: [String] = ChartLibrary.defaultSearchPath) -> ChartLibrary? {
    for path in searchPath {
      if let library = try? ChartLibrary(path: path) { return library }
    }
    return nil
  }

  /// `.deps/plotly/plotly.min.js` below the folder of the program and its parents.
  public static var defaultSearchPath: [String] { PackageFiles.candidates(relativePath) }

  /// The same program, unable to end the script element that holds it: inside JavaScript's texts
  /// and patterns `<\/` and `<\!` mean `</` and `<!`.
  static func embeddable(_ text: String) -> String {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    bytes.reserveCapacity(source.count)
    let dangers = ["/script", "!--"].map { Array($0.utf8) }
    for (place, byte) in source.enumerated() {
      bytes.append(byte)
      guard byte == UInt8(ascii: "<") else { continue }
      let next = source[(place + 1)...].prefix(7).map { $0 | 0x20 }
      if dangers.contains(where: { next.starts(with: $0.map { $0 | 0x20 }) }) {
        bytes.append(UInt8(ascii: "\\"))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
