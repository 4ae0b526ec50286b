import Foundation
import LatentCore
import Testing

@testable import LatentCLI

/// `--json`: one document on stdout and nothing else, whatever happens.
@Suite struct JSONTests {
  /// The names in a document, nested ones after a dot, those of a list's first element after `[]`.
  static func shape(_ value: JSONValue, _ path: String = "") -> [String] {
    switch value {
    case .object(let object):
      return object.members.flatMap { member in
        shape(member.value, path.isEmpty ? member.name : "\(path).\(member.name)")
      }
    case .array(let elements):
      guard let first = elements.first, case .object = first else { return [path] }
      return shape(first, path + "[]")
    default:
      return [path]
    }
  }

  static let documents: [(line: String, shape: [String])] = [
    ("list recipes", ["recipes[].name", "recipes[].summary"]),
    (
      "list recipes vae",
      [
        "recipe", "summary", "settings[].key", "settings[].default", "settings[].help",
        "settings[].kind", "settings[].group", "settings[].unit", "settings[].bounds.lower",
        "settings[].bounds.upper", "settings[].bounds.excludesLower",
        "settings[].bounds.excludesUpper",
      ]
    ),
    (
      "list datasets",
      ["datasets[].name", "datasets[].summary", "datasets[].address", "datasets[].origin"]
    ),
    (
      "list papers --family core-vae",
      [
        "papers[].id", "papers[].paper", "papers[].title", "papers[].year", "papers[].family",
        "papers[].arxiv", "papers[].claim", "papers[].mechanism", "papers[].status",
        "papers[].runnable", "papers[].verdict", "papers[].claims", "papers[].minutes",
        "papers[].neighbours",
      ]
    ),
    ("list runs --out /nowhere", ["runs", "count"]),
    ("completions bash", ["shell", "script"]),
    (
      "data inspect digits",
      [
        "source", "kind", "shape", "range", "counts.train", "counts.validation", "counts.test",
        "figures.minimum", "figures.maximum", "figures.mean", "figures.standard-deviation",
        "figures.examples", "classes[].name", "classes[].count", "factors", "columns",
        "rows[].text", "rows[].class", "fingerprint", "out",
      ]
    ),
    (
      "doctor",
      [
        "swift-latent", "commit", "LibTorch", "threads", "kernels", "CUDA devices", "NCCL", "Metal",
        "chart library",
        "libraries",
      ]
    ),
    ("--version", ["text"]), ("train --help", ["text"]),
  ]

  @Test(arguments: documents) func documentsHaveTheirShape(line: String, shape: [String]) throws {
    let outcome = latent(line.split(separator: " ").map(String.init) + ["--json"])
    #expect(outcome.code == .done)
    #expect(outcome.error == "")
    #expect(outcome.out.last == "\n")
    let document = try JSON5Reader.read(outcome.out, source: "stdout")
    #expect(Self.shape(document) == shape)
  }

  @Test(arguments: CommandErrorTests.refusals)
  func refusalsAreDocuments(refusal: CommandErrorTests.Refusal) throws {
    let outcome = latent(refusal.words + ["--json"])
    let code = Int(refusal.code.rawValue)
    #expect(
      try JSON5Reader.read(outcome.out, source: "stdout") == [
        "error": [
          "message": .string(refusal.message), "remedy": .string(refusal.remedy),
          "code": .int(code),
        ]
      ])
    #expect(Int(outcome.code.rawValue) == code)
  }
}
