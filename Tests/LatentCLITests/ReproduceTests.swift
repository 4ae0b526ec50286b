import Catalogue
import Foundation
import LatentCore
import Testing

@testable import LatentCLI

@Suite struct ReproduceTests {
  /// What `latent` prints and how it ends.
  private func latent(_ words: String...) -> (out: String, error: String, code: ExitCode) {
    var (out, error) = ("", "")
    let code = CommandTree(LatentCommand.self, version: "0").main(words) { isJSON in
      Console(isJSON: isJSON, out: { out += $0 }, error: { error += $0 })
    }
    return (out, error, code)
  }

  @Test func aPaperThatIsNotMeasuredYetIsNamed() {
    let (_, error, code) = latent("reproduce", "p001")
    #expect(code == .usage)
    let title = Catalogue.paper("P001")?.title ?? ""
    let lines = error.split(separator: "\n")
    #expect(lines.first.map(String.init) == "error: P001, «\(title)», has no reproduction yet")
    #expect(lines.last?.hasPrefix(" hint: there are: ") == true && error.contains("P109"))
  }

  @Test func anUnknownPaperSuggestsTheNearest() {
    let (_, error, code) = latent("reproduce", "P1o9")
    #expect(code == .usage)
    #expect(
      error == """
        error: unknown paper 'P1o9'
         hint: did you mean 'P109'? All: latent list papers

        """)
  }

  @Test func quickPrintsAndKeepsOneDocumentWithoutVerdict() throws {
    let path = "\(FileManager.default.temporaryDirectory.path)/\(UUID().uuidString).json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (out, _, code) = latent("reproduce", "P109", "--quick", "--json", "--out", path)
    #expect(code == .done)
    let document = try JSON5Reader.read(out, source: "stdout")
    #expect(document["paper"] == "P109" && document["verdict"] == .null)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == out)
  }
}
