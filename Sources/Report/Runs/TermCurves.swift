/// The log of terms as charts: one a term, with a curve a split, or a split and group of runs.
enum TermCurves {
  /// The charts of one run, in the order in which the log names the terms.
  static func charts(of run: RunReportInput) -> [LineChart] {
    charts(names: names([run])) { name in
      splits([run], name).enumerated().map { place, split in
        let points = Self.points(run, name, split)
        return .init(
          split, x: points.map { Double($0.step) }, y: points.map(\.value), color: place)
      }
    } unit: { name in
      run.terms.first { $0.name == name }?.unit ?? ""
    }
  }

  /// The charts of several groups: a colour a group, dashes for training, bands over seeds.
  static func charts(of groups: [RunGroup]) -> [LineChart] {
    let runs = groups.flatMap(\.runs)
    return charts(names: names(runs)) { name in
      groups.enumerated().flatMap { place, group in
        splits(group.runs, name).flatMap { curves(group, name, $0, color: place) }
      }
    } unit: { name in
      runs.lazy.flatMap(\.terms).first { $0.name == name }?.unit ?? ""
    }
  }

  private static func charts(
    names: [String], curves: (String) -> [LineChart.Series], unit: (String) -> String
  ) -> [LineChart] {
    names.map { name in
      let title = TermName.title(name)
      return LineChart(
        title, xAxis: Axis("Step"), yAxis: Axis(title, unit: TermName.unit(unit(name))),
        series: curves(name))
    }
  }

  /// The mean over seeds at the steps that all runs have, between their lowest and highest.
  private static func curves(
    _ group: RunGroup, _ name: String, _ split: String, color: Int
  ) -> [LineChart.Series] {
    let isDashed = split == "train" && splits(group.runs, name).count > 1
    let logs = group.runs.map { run in
      let pairs = points(run, name, split).map { ($0.step, $0.value) }
      return Dictionary(pairs) { _, last in last }
    }
    let common = logs.dropFirst().reduce(Set(logs.first?.keys.map { $0 } ?? [])) {
      $0.intersection($1.keys)
    }
    let label = "\(group.fullLabel), \(split)"
    guard logs.count > 1, !common.isEmpty else {
      return zip(group.runs, logs).filter { !$1.isEmpty }.map { run, log in
        let steps = log.keys.sorted()
        return .init(
          logs.count > 1 ? "\(run.name), \(split)" : label, x: steps.map(Double.init),
          y: steps.map { log[$0] ?? .nan }, isDashed: isDashed, color: color)
      }
    }
    let steps = common.sorted()
    let values = steps.map { step in logs.map { $0[step] ?? .nan } }
    return [
      .init(
        label, x: steps.map(Double.init),
        y: values.map { $0.reduce(0, +) / Double($0.count) },
        band: .init(lower: values.map { $0.min() ?? .nan }, upper: values.map { $0.max() ?? .nan }),
        isDashed: isDashed, color: color)
    ]
  }

  private static func names(_ runs: [RunReportInput]) -> [String] {
    inOrder(runs.lazy.flatMap(\.terms).map(\.name))
  }

  /// Training first, then in the order of the log.
  private static func splits(_ runs: [RunReportInput], _ name: String) -> [String] {
    let found = inOrder(runs.lazy.flatMap(\.terms).filter { $0.name == name }.map(\.split))
    return found.filter { $0 == "train" } + found.filter { $0 != "train" }
  }

  private static func points(_ run: RunReportInput, _ name: String, _ split: String) -> [TermPoint]
  {
    run.terms.filter { $0.name == name && $0.split == split }.sorted { $0.step < $1.step }
  }

  private static func inOrder(_ texts: some Sequence<String>) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}
