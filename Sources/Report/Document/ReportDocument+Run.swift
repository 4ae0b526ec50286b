import LatentCore

extension ReportDocument {
  /// The report of one run. Parts of which the run has nothing are left out.
  public init(run: RunReportInput) {
    let duration = Self.duration(minutes: run.minutes)
    let facts = [run.name, run.started, duration, "seed \(run.seed)", run.status]
    self.init(
      title: "\(run.recipe) on \(run.data.name)", kicker: "swift-latent run report",
      facts: facts.compactMap { $0 }.filter { !$0.isEmpty },
      highlights: Self.highlights(run),
      sections: Self.sections(run).filter { !$0.blocks.isEmpty })
  }

  private static func sections(_ run: RunReportInput) -> [ReportSection] {
    let repeating: [ReportBlock] = [
      .command(run.command),
      .facts(title: "Made with", run.versions + [Fact("seed", "\(run.seed)")]),
    ]
    return [
      ReportSection("Pictures", sideBySide(run.pictures.map { .picture($0) })),
      ReportSection("Training", curves(TermCurves.charts(of: run))),
      ReportSection(
        "Measurements", run.metrics.isEmpty ? [] : [.metrics(title: "All metrics", run.metrics)]),
      ReportSection("Diagnosis", run.findings.isEmpty ? [] : [.findings(run.findings)]),
      ReportSection("Latent space", sideBySide(run.figures)),
      ReportSection(
        "Configuration", run.config.isEmpty ? [] : [.facts(title: "", run.config)]),
      ReportSection("Data", lead: run.data.summary, [.facts(title: run.data.name, run.data.facts)]),
      ReportSection(
        "Repeat", lead: "The command that made this run.", repeating),
    ]
  }

  /// The first chart over the whole width, the rest in pairs.
  static func curves(_ charts: [LineChart]) -> [ReportBlock] {
    guard let first = charts.first else { return [] }
    return [.figure(.line(first))] + sideBySide(charts.dropFirst().map { .line($0) })
  }

  static func sideBySide(_ figures: [Figure]) -> [ReportBlock] {
    figures.isEmpty ? [] : figures.count == 1 ? [.figure(figures[0])] : [.figures(figures)]
  }

  static func duration(minutes: Double) -> String {
    guard minutes.isFinite, minutes >= 0 else { return "" }
    if minutes < 2 { return "\(NumberText.short((minutes * 60).rounded())) seconds" }
    if minutes < 120 { return "\(NumberText.fixed(minutes, decimals: 1)) minutes" }
    return "\(NumberText.fixed(minutes / 60, decimals: 1)) hours"
  }

  /// The first four metrics; without any, where the terms ended.
  private static func highlights(_ run: RunReportInput) -> [MetricRow] {
    if !run.metrics.isEmpty { return Array(run.metrics.prefix(4)) }
    return TermCurves.charts(of: run).prefix(4).compactMap { chart in
      guard let curve = chart.series.last, let last = curve.finitePoints.last else { return nil }
      return MetricRow(
        "\(chart.title), \(curve.name)", value: last.y, unit: chart.yAxis.unit ?? "")
    }
  }
}
