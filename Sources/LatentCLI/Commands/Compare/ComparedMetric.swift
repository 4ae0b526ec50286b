import Evaluation
import Runs

/// One metric over all groups, with all pairs.
struct ComparedMetric {
  let name: String
  let unit: String
  let groups: [ComparedGroup]
  var pairs: [PairComparison]

  /// The bound where all runs have one, then every metric of `evaluation.json` that all runs have in
  /// the same version; the pairs of all of them are corrected together.
  static func all(_ grouping: RunGrouping) -> [ComparedMetric] {
    let runs = grouping.groups.flatMap(\.runs)
    var metrics: [ComparedMetric] = []
    let bound = runs[0].bound
    if runs.allSatisfy({ !$0.scores.isEmpty }) {
      let groups = grouping.groups.map { group in
        ComparedGroup(group.name, group.runs.map { .init($0.folder.path, scores: $0.scores) })
      }
      metrics.append(ComparedMetric(name: bound, unit: "nat", groups: groups, pairs: []))
    }
    for name in runs[0].metrics.keys.sorted() where !name.hasPrefix(bound) || bound.isEmpty {
      let found = runs.compactMap { $0.metrics[name] }
      guard found.count == runs.count, Set(found.map(\.version)).count == 1 else { continue }
      let groups = grouping.groups.map { group in
        ComparedGroup(
          group.name,
          group.runs.map { .init($0.folder.path, value: $0.metrics[name]?.value ?? .nan) })
      }
      metrics.append(ComparedMetric(name: name, unit: found[0].unit, groups: groups, pairs: []))
    }
    correctTogether(&metrics)
    return metrics
  }

  private static func correctTogether(_ metrics: inout [ComparedMetric]) {
    var all = metrics.flatMap { PairComparison.all($0.groups) }
    PairComparison.correct(&all)
    for index in metrics.indices {
      let count = metrics[index].groups.count * (metrics[index].groups.count - 1) / 2
      metrics[index].pairs = Array(all.prefix(count))
      all.removeFirst(count)
    }
  }
}
