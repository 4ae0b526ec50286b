import Foundation
import Runs
import Testing

@testable import LatentCLI

/// The help of every command as people see it, against `Goldens/Help`; `LATENT_RECORD=1` records anew.
@Suite struct HelpTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../Goldens/Help").standardizedFileURL
  static let isRecording = ProcessInfo.processInfo.environment["LATENT_RECORD"] == "1"

  /// The words that lead to each command.
  static let paths: [[String]] = {
    func below(_ type: any Command.Type, _ path: [String]) -> [[String]] {
      [path] + type.subcommands.flatMap { below($0, path + [$0.summary.name]) }
    }
    return below(LatentCommand.self, [])
  }()

  static func file(_ path: [String]) -> String {
    (["latent"] + path).joined(separator: "-") + ".txt"
  }

  @Test(arguments: paths) func isAsRecorded(path: [String]) throws {
    let outcome = latent(path + ["--help"])
    #expect(outcome.code == .done && outcome.error == "")
    // Command lines of the examples stay whole.
    let lines = outcome.out.split(separator: "\n").filter { !$0.hasPrefix("  latent ") }
    #expect(lines.allSatisfy { $0.count <= 80 })
    let url = Self.folder.appending(path: Self.file(path))
    if Self.isRecording { try outcome.out.write(to: url, atomically: true, encoding: .utf8) }
    #expect(outcome.out == (try String(contentsOf: url, encoding: .utf8)))
  }

  @Test func nothingElseIsRecorded() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(found) == Set(Self.paths.map(Self.file)))
  }

  @Test func theVersion() {
    #expect(latent("--version").out == "latent \(PackageIdentity.version)\n")
  }

  /// What examples in the help show is accepted by the parser.
  @Test func examplesAreRightCommandLines() throws {
    func visit(_ type: any Command.Type) throws {
      for example in type.summary.examples {
        let line = example.line.split(separator: " > ")[0]
        let words = line.replacing("runs/*", with: "a b").split(separator: " ").map(String.init)
        #expect(words.first == "latent")
        // Files and folders that there are none of here.
        let read = ["--like", "--resume"]
        if words.contains(where: { $0.hasSuffix(".json5") || read.contains($0) }) { continue }
        #expect(throws: Never.self, "\(line)") {
          _ = try CommandTree(LatentCommand.self, version: "").request(Array(words.dropFirst()))
        }
      }
      for child in type.subcommands { try visit(child) }
    }
    try visit(LatentCommand.self)
  }
}
