import Testing

@testable import Report

@Suite struct ComparisonTests {
  private func run(_ name: String, seed: UInt64, beta: String, values: [Int: Double] = [:])
    -> RunReportInput
  {
    RunReportInput(
      name: name, recipe: "vae", command: "latent train vae --seed \(seed)",
      config: [Fact("beta", beta), Fact("width", "8"), Fact("seed", "\(seed)")], seed: seed,
      data: DataCard(name: "digits", summary: "", facts: []),
      terms: values.map { step, value in
        TermPoint(step: step, epoch: 0, split: "train", name: "elbo", unit: "nat", value: value)
      },
      metrics: values.isEmpty ? [] : [MetricRow("m", value: values[0] ?? 0, unit: "nat")],
      minutes: 1)
  }

  @Test func runsThatDifferOnlyInTheSeedAreOneGroup() {
    let runs = [
      run("a", seed: 0, beta: "1"), run("b", seed: 0, beta: "4"), run("c", seed: 1, beta: "1"),
    ]
    let groups = RunGroup.groups(of: runs)
    #expect(groups.map { $0.runs.map(\.name) } == [["a", "c"], ["b"]])
    #expect(groups.map(\.fullLabel) == ["beta = 1, 2 seeds", "beta = 4"])
  }

  @Test func bandsReachFromTheLowestSeedToTheHighestAtCommonSteps() {
    let runs = [
      run("a", seed: 0, beta: "1", values: [0: -8, 10: -4, 20: -2]),
      run("b", seed: 1, beta: "1", values: [0: -6, 10: -5]),
      run("c", seed: 2, beta: "1", values: [0: -7, 10: -3, 30: -1]),
    ]
    let curves = TermCurves.charts(of: RunGroup.groups(of: runs))[0].series
    #expect(curves.count == 1)
    #expect(curves[0].x == [0, 10] && curves[0].y == [-7, -4])
    #expect(curves[0].band == .init(lower: [-8, -5], upper: [-6, -3]))
  }

  @Test func seedsWithoutACommonStepKeepTheirOwnCurves() {
    let runs = [
      run("a", seed: 0, beta: "1", values: [0: -8]), run("b", seed: 1, beta: "1", values: [1: -6]),
    ]
    let curves = TermCurves.charts(of: RunGroup.groups(of: runs))[0].series
    #expect(curves.map(\.name) == ["a, train", "b, train"])
    #expect(curves.map(\.x) == [[0], [1]])
  }

  @Test func onlyWhatDiffersIsListed() {
    let runs = [run("a", seed: 0, beta: "1"), run("b", seed: 3, beta: "4")]
    let table = ReportDocument.differences(runs, RunGroup.groups(of: runs))
    #expect(table.rows == [["beta", "1", "4"], ["seed", "0", "3"]])
    #expect(table.caption == "The same in all: recipe = vae, data = digits, width = 8.")
  }

  @Test func threeSeedsGiveStudentsInterval() throws {
    let rows = [1.0, 2, 3].map { MetricRow("m", value: $0, unit: "nat") }
    let row = try #require(SeedStatistics.row(rows))
    // Mean 2, s = 1, t(2) = 4.302652729749462 by scipy.stats.t.ppf(0.975, 2): half width t / √3.
    #expect(row.value == 2 && row.count == 3)
    #expect(
      abs((row.interval?.upperBound ?? 0) - (2 + 4.302652729749462 / 3.0.squareRoot())) < 1e-12)
  }

  @Test func oneSeedKeepsItsOwnInterval() throws {
    let row = MetricRow("m", value: 1, unit: "nat", interval: 0...2, count: 250)
    #expect(SeedStatistics.row([row]) == row)
  }

  @Test func theComparisonPageHasOneColumnAGroup() throws {
    let page = try CheckedPage(try ReportDocument(runs: SampleRuns.all).html())
    #expect(page.headings("h1") == ["vae on digits"])
    #expect(
      page.headings("h2") == ["Measurements", "What differs", "Training", "Pictures", "Repeat"])
    #expect(page.texts.contains("beta = 1, 3 seeds") && page.texts.contains("beta = 4, 2 seeds"))
    for run in SampleRuns.all { #expect(page.texts.contains(run.command)) }
    #expect(page.alts.count == 6)
  }

  @Test func oneRunAloneGivesItsOwnReport() {
    #expect(
      ReportDocument(runs: [SampleRuns.all[0]]) == ReportDocument(run: SampleRuns.all[0]))
  }
}
