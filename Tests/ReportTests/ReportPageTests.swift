import Foundation
import Report
import Testing

@Suite struct ReportPageTests {
  @Test func theRunsPageIsWellFormedAndHoldsItsParts() throws {
    let page = try CheckedPage(try ReportDocument(run: SampleRuns.all[0]).html())
    #expect(page.headings("h1") == ["vae on digits"])
    #expect(
      page.headings("h2") == [
        "Pictures", "Training", "Measurements", "Diagnosis", "Latent space", "Configuration",
        "Data", "Repeat",
      ])
    #expect(page.figures == 5)
    #expect(page.descriptions.count == 5)
    #expect(page.texts.contains(SampleRuns.all[0].command))
    #expect(page.texts.contains("ELBO (nats)"))
    for fact in SampleRuns.all[0].config + SampleRuns.all[0].data.facts {
      #expect(page.texts.contains(fact.value))
    }
  }

  @Test func alternativeTextsHoldTheNumbers() throws {
    let page = try CheckedPage(try ReportDocument(run: SampleRuns.all[0]).html())
    let error = SampleRuns.all[0].pictures[0].facts[0]
    #expect(page.alts[0].hasSuffix("\(error.name): \(error.value)."))
    let validation = SampleRuns.all[0].terms.filter {
      $0.name == "elbo" && $0.split == "validation"
    }
    let last = try #require(validation.last)
    // Four significant digits, as the description gives them.
    let text = "\((last.value * 100).rounded() / 100) at \(last.step)"
    #expect(page.descriptions[0].contains("validation: from"))
    #expect(page.descriptions[0].contains("to \(text)"))
  }

  @Test func noTextBecomesMarkupOrEndsAScript() throws {
    let document = ReportDocument(run: SampleRuns.hostile)
    let html = try document.html()
    let page = try CheckedPage(html)
    let harmless = try CheckedPage(try ReportDocument(run: SampleRuns.all[0]).html())
    #expect(page.scripts == harmless.scripts)
    #expect(!html.contains("<img src=x"))
    #expect(!html.contains("\u{1}") && !html.contains("<!--"))
    #expect(page.headings("h1")[0].contains("</script><script>alert(1)</script>"))
    #expect(page.alts[0].contains("<img src=x onerror=alert(2)>"))
    // The data still says what it said.
    #expect(page.figures == 3)
  }

  @Test func equalDocumentsGiveEqualBytes() throws {
    let first = try ReportDocument(runs: SampleRuns.all).html()
    let second = try ReportDocument(runs: SampleRuns.all).html()
    #expect(first == second)
  }

  @Test func thePageRefusesTheNetworkAndStaysSmall() throws {
    let html = try ReportDocument(runs: SampleRuns.all).html()
    #expect(html.utf8.count < 3_000_000)
    #expect(html.contains("content=\"default-src 'none'; img-src data: blob:;"))
  }

  @Test func aLongLogStaysSmallAndKeepsItsPeak() throws {
    var run = SampleRuns.all[0]
    (run.pictures, run.figures) = ([], [])
    run.terms = (0..<200_000).map { (step: Int) -> TermPoint in
      let split = step % 2 == 0 ? "train" : "validation"
      let value: Double = step == 77_776 ? 12.5 : -100 - Double(step % 7)
      return TermPoint(
        step: step, epoch: 0, split: split, name: "elbo", unit: "nat", value: value)
    }
    let html = try ReportDocument(run: run).html()
    #expect(html.utf8.count < 300_000)
    #expect(html.contains("highest 12.5 at 77776"))
    #expect(html.contains("[12.5,") || html.contains(",12.5,"))
  }

  @Test func aRunThatFailedStillHasItsReport() throws {
    var run = SampleRuns.all[0]
    run.terms += [
      TermPoint(
        step: 900, epoch: 64, split: "train", name: "elbo", unit: "nat", value: .nan),
      TermPoint(
        step: 901, epoch: 64, split: "train", name: "klOfNothing", unit: "", value: -.infinity),
    ]
    run.metrics = [MetricRow("Test ELBO", value: .nan, unit: "nat")]
    let page = try CheckedPage(try ReportDocument(run: run).html())
    #expect(page.descriptions[0].contains("values are no finite number"))
    #expect(page.descriptions.contains { $0.hasSuffix("train: no finite value.") })
    #expect(page.headings("h3").contains("KL of nothing"))
    #expect(page.texts.contains("no number"))
  }

  @Test func emptyPartsAreLeftOut() throws {
    var run = SampleRuns.all[0]
    (run.pictures, run.figures, run.findings, run.metrics) = ([], [], [], [])
    run.terms = []
    let page = try CheckedPage(try ReportDocument(run: run).html())
    #expect(page.headings("h2") == ["Configuration", "Data", "Repeat"])
    #expect(page.figures == 0)
  }

  @Test func equalHeadingsGetDifferentNames() throws {
    let charts = SampleRuns.all[0].figures.map { ReportBlock.figure($0) }
    let titles = ["A", "a", "A 2", "…", "?", "Content", "Figures", "Figure", "Chart"]
    let sections = titles.map { ReportSection($0, [.text("x")] + charts) }
    let html = try ReportDocument(title: "Names", sections: sections).html()
    _ = try CheckedPage(html)
    #expect(html.contains("id=\"a-2-2\""))
  }

  @Test func aDocumentSurvivesJSON() throws {
    let document = ReportDocument(runs: SampleRuns.all)
    let data = try JSONEncoder().encode(document)
    let copy = try JSONDecoder().decode(ReportDocument.self, from: data)
    #expect(try copy.html() == document.html())
  }
}
