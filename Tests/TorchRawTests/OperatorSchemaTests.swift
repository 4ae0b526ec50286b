import Foundation
import Testing
import TorchRaw

/// Every operator that the package names, held against the LibTorch that is loaded.
@Suite struct OperatorSchemaTests {
  static let declarations: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    let folder = root.appending(path: "Sources/TorchRaw/Operators").standardizedFileURL
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    let texts = (files ?? []).compactMap { try? String(contentsOf: $0, encoding: .utf8) }
    return texts.flatMap { $0.split(separator: "\n") }.compactMap { line -> String? in
      guard let start = line.range(of: "= Operator(\"") else { return nil }
      return String(line[start.upperBound...].dropLast(2)).replacing("\\\"", with: "\"")
    }
  }()

  @Test func theListIsRead() {
    #expect(Self.declarations.count > 250)
  }

  @Test(arguments: declarations)
  func declarationFitsTheLoadedSchema(_ declaration: String) throws {
    let declared = try #require(Schema(declaration))
    let loaded = try #require(Schema(try Operator(declaration).loadedSchema()))
    // A later LibTorch may add arguments at the end, if they have defaults.
    #expect(loaded.arguments.count >= declared.arguments.count)
    for (ours, theirs) in zip(declared.arguments, loaded.arguments) {
      #expect(ours.isCompatible(with: theirs), "\(ours) in place of \(theirs)")
    }
    for extra in loaded.arguments.dropFirst(declared.arguments.count) {
      #expect(extra.hasDefault, "\(extra) is new and has no default")
    }
    #expect(loaded.results == declared.results)
  }
}

/// The parts of a schema that a call by position depends on.
struct Schema {
  struct Argument: CustomStringConvertible {
    var type: String
    var name: String
    var hasDefault: Bool
    var description: String { "\(type) \(name)" }

    func isCompatible(with other: Argument) -> Bool { type == other.type && name == other.name }
  }

  var arguments: [Argument]
  var results: String

  init?(_ text: String) {
    guard let open = text.firstIndex(of: "("), let arrow = text.range(of: ") -> ") else {
      return nil
    }
    results = String(text[arrow.upperBound...])
    let inner = text[text.index(after: open)..<arrow.lowerBound]
    arguments = splitAtTopLevel(inner).compactMap { part in
      guard part != "*", let space = part.lastIndex(of: " ") else { return nil }
      let tail = part[part.index(after: space)...].split(separator: "=", maxSplits: 1)
      let type = part[..<space]
      return Argument(type: plain(String(type)), name: String(tail[0]), hasDefault: tail.count == 2)
    }
  }
}

/// The type without its alias annotation, which says nothing about positions.
private func plain(_ type: String) -> String {
  guard let open = type.firstIndex(of: "("), let close = type.firstIndex(of: ")") else {
    return type
  }
  return String(type[..<open] + type[type.index(after: close)...])
}

private func splitAtTopLevel(_ text: Substring) -> [String] {
  var parts: [String] = []
  var depth = 0
  var part = ""
  for character in text {
    if character == "(" || character == "[" { depth += 1 }
    if character == ")" || character == "]" { depth -= 1 }
    if character == ",", depth == 0 {
      parts.append(part)
      part = ""
    } else if !(part.isEmpty && character == " ") {
      part.append(character)
    }
  }
  if !part.isEmpty { parts.append(part) }
  return parts
}
