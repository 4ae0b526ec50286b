import LatentCore
import Testing

@testable import LatentCLI

/// The survey, by word and by meaning.
@Suite struct PaperTests {
  private func papers(_ words: String...) throws -> [JSONValue] {
    let outcome = latent(["list", "papers", "--json"] + words)
    #expect(outcome.code == .done, "\(outcome.error)")
    return try JSON5Reader.read(outcome.out, source: "papers")["papers"]?.elements ?? []
  }

  @Test func aPaperIsMostLikeItself() throws {
    for id in ["P109", "P200", "P252"] {
      let found = try papers("--like", id.lowercased())
      #expect(found.count == 20 && found.first?["id"]?.text == id)
      let near = found.compactMap { $0["similarity"]?.number }
      #expect(abs(near[0] - 1) < 1e-6 && near == near.sorted(by: >))
      // The neighbours of a paper are those that are most like it.
      let neighbours = found[0]["neighbours"]?.elements?.compactMap(\.text)
      #expect(neighbours == found.dropFirst().prefix(6).compactMap { $0["id"]?.text })
    }
  }

  @Test func aMeaningFindsPapersAboutIt() throws {
    let found = try papers("--like", "posterior collapse", "--limit", "8")
    let about = found.filter {
      "\($0["title"]?.text ?? "") \($0["claim"]?.text ?? "")".lowercased().contains("collaps")
    }
    #expect(found.count == 8 && about.count >= 4)
    #expect(latent("list", "papers", "--like", "zebra").code == .usage)
  }

  @Test func wordsAllHaveToBeThere() throws {
    let found = try papers("--query", "Sliced wasserstein")
    #expect(found.contains { $0["id"] == "P300" } && found.count < 20)
    #expect(try papers("--query", "zebra").isEmpty && papers().count == 353)
  }

  @Test func whatWasMeasuredIsBesideTheClaim() throws {
    let paper = try #require(try papers("--query", "P109").first)
    #expect(paper["status"] == "measured" && paper["runnable"] == true && paper["year"] == 2013)
    #expect((paper["claims"]?.elements?.count ?? 0) > 5 && paper["verdict"]?.text != nil)
    #expect(paper["claims"]?.elements?.first?["claimed"]?.text?.isEmpty == false)
  }

  @Test func everyPaperIsShownWithHowItStands() {
    let outcome = latent(["list", "papers"])
    let lines = outcome.out.split(separator: "\n").map(String.init)
    let rows = lines.filter { $0.hasPrefix("P") }
    #expect(outcome.code == .done && rows.count == 353)
    #expect(rows.contains { $0.hasPrefix("P109   reproduced ") })
    #expect(rows.contains { $0.hasPrefix("P001   catalogued ") })
    #expect(lines.last?.hasPrefix("353 of 353 papers: ") == true)
    #expect(latent(["list", "papers", "--query", "zebra"]).out.hasSuffix("no paper of 353 fits\n"))
  }
}
