extension ReportDocument {
  /// The report of several runs: their curves over each other, their metrics in one table, what
  /// differs in their configurations, their pictures side by side.
  ///
  /// Runs that differ only in their seed become one curve with a band and one column with an
  /// interval over seeds. One run alone gives the report of that run.
  public init(runs: [RunReportInput]) {
    guard runs.count > 1 else {
      if let run = runs.first {
        self.init(run: run)
      } else {
        self.init(title: "No runs", sections: [])
      }
      return
    }
    let groups = RunGroup.groups(of: runs)
    let recipes = Self.joined(runs.map(\.recipe))
    let facts = ["\(runs.count) runs", "\(groups.count) configurations"]
    let minutes = runs.map(\.minutes).reduce(0, +)
    self.init(
      title: "\(recipes) on \(Self.joined(runs.map(\.data.name)))",
      kicker: "swift-latent comparison",
      facts: facts + ["\(Self.duration(minutes: minutes)) in all"],
      sections: Self.sections(runs, groups).filter { !$0.blocks.isEmpty })
  }

  private static func sections(_ runs: [RunReportInput], _ groups: [RunGroup]) -> [ReportSection] {
    let hasSeeds = groups.contains { $0.runs.count > 1 }
    let lead =
      hasSeeds ? "Curves are means over seeds; the bands reach from the lowest to the highest." : ""
    return [
      ReportSection("Measurements", metrics(groups).map { [.figure(.table($0))] } ?? []),
      ReportSection("What differs", [.figure(.table(differences(runs, groups)))]),
      ReportSection("Training", lead: lead, curves(TermCurves.charts(of: groups))),
      ReportSection("Pictures", sideBySide(pictures(groups).map { .picture($0) })),
      ReportSection("Latent space", sideBySide(figures(groups))),
      ReportSection("Repeat", lead: "One command a run.", runs.map { .command($0.command) }),
    ]
  }

  /// A row a metric, a column a group; nil when no run has a metric.
  static func metrics(_ groups: [RunGroup]) -> Table? {
    var names: [String] = []
    let all = groups.flatMap(\.runs).flatMap(\.metrics)
    for row in all where !names.contains(row.name) { names.append(row.name) }
    guard !names.isEmpty else { return nil }
    let rows = names.map { name -> [String] in
      let unit = all.first { $0.name == name }.flatMap { TermName.unit($0.unit) } ?? ""
      let cells = groups.map { group -> String in
        let found = group.runs.compactMap { run in run.metrics.first { $0.name == name } }
        guard let row = SeedStatistics.row(found) else { return "" }
        return row.interval == nil ? row.valueText : "\(row.valueText) (\(row.intervalText))"
      }
      return [name, unit] + cells
    }
    return Table(
      "Metrics, with 95 % intervals in brackets",
      caption: groups.contains { $0.runs.count > 1 }
        ? "With several seeds: the mean and Student's interval over seeds." : "",
      columns: [.init("Metric"), .init("Unit")]
        + groups.map { .init($0.fullLabel, isNumeric: true) },
      rows: rows)
  }

  /// The options that are not the same in all groups, and each group's seeds.
  static func differences(_ runs: [RunReportInput], _ groups: [RunGroup]) -> Table {
    let configs = groups.map { RunGroup.identity($0.runs[0]) }
    let differing = RunGroup.differingNames(configs)
    let options = differing.map { name in
      [name] + configs.map { config in config.first { $0.name == name }?.value ?? "–" }
    }
    let seeds = groups.map { $0.runs.map { "\($0.seed)" }.joined(separator: ", ") }
    let shared = (configs.first ?? []).filter { !differing.contains($0.name) }
    return Table(
      "Configurations",
      caption: "The same in all: "
        + (shared.isEmpty
          ? "nothing" : shared.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")) + ".",
      columns: [.init("Option")] + groups.map { .init($0.label) },
      rows: options + [["seed"] + seeds])
  }

  /// The pictures of each group's first run, those of one title beside each other.
  private static func pictures(_ groups: [RunGroup]) -> [PictureFigure] {
    var titles: [String] = []
    for figure in groups.flatMap({ $0.runs[0].pictures }) where !titles.contains(figure.title) {
      titles.append(figure.title)
    }
    return titles.flatMap { title in
      groups.compactMap { group in
        var figure = group.runs[0].pictures.first { $0.title == title }
        figure?.title = "\(title): \(group.label)"
        return figure
      }
    }
  }

  /// The charts of each group's first run, those of one title beside each other.
  private static func figures(_ groups: [RunGroup]) -> [Figure] {
    var titles: [String] = []
    for figure in groups.flatMap({ $0.runs[0].figures }) where !titles.contains(figure.title) {
      titles.append(figure.title)
    }
    return titles.flatMap { title in
      groups.compactMap { group in
        group.runs[0].figures.first { $0.title == title }?.titled("\(title): \(group.label)")
      }
    }
  }

  private static func joined(_ names: [String]) -> String {
    var seen: [String] = []
    for name in names where !seen.contains(name) { seen.append(name) }
    return seen.joined(separator: ", ")
  }
}
