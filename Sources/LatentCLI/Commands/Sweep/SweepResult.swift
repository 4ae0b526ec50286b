import Evaluation
import LatentCore
import Runs

/// What a run of a sweep came to.
struct SweptRun {
  let point: SweepPoint
  /// The run's folder.
  let path: String
  /// The test metrics of a run that is finished; nil for others.
  let metrics: [String: Estimate]?
}

/// The runs of a sweep by the values that they share, and what the seeds of each came to.
struct SweepResult {
  /// The runs of one choice of values.
  struct Group {
    let settings: [SweepSetting]
    let runs: [SweptRun]

    /// The metric of the finished runs.
    func values(_ metric: String) -> [Double] {
      runs.compactMap { $0.metrics?[metric]?.value }
    }
  }

  /// A metric that every finished run has.
  struct Metric {
    let name: String
    let unit: String
    let better: MetricDirection?
  }

  let groups: [Group]
  /// The metrics, the one that the recipe is about first.
  let metrics: [Metric]

  /// Puts the runs of a plan together; `leading` is the metric to come first.
  init(_ runs: [SweptRun], leading: String?) {
    var groups: [Group] = []
    for run in runs {
      if let last = groups.last, last.settings == run.point.settings {
        groups[groups.count - 1] = Group(settings: last.settings, runs: last.runs + [run])
      } else {
        groups.append(Group(settings: run.point.settings, runs: [run]))
      }
    }
    self.groups = groups
    let measured = runs.compactMap(\.metrics)
    let common = measured.dropFirst().reduce(Set(measured.first.map { [String]($0.keys) } ?? [])) {
      $0.intersection($1.keys)
    }
    let names = common.sorted { first, second in
      (first == leading ? "" : first) < (second == leading ? "" : second)
    }
    metrics = names.compactMap { name in
      measured[0][name].map {
        Metric(name: name, unit: $0.unit, better: MetricDirection(of: name, $0))
      }
    }
  }

  /// The mean of at least one value.
  static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  /// The one choice whose 95 % interval over seeds lies on the better side of every other's; nil where
  /// intervals touch, where a choice has fewer than two seeds, or where neither direction is better.
  func best(_ metric: Metric) -> Group? {
    guard let better = metric.better, groups.count > 1 else { return nil }
    let intervals = groups.map { StudentDistribution.interval(ofMean: $0.values(metric.name)) }
    guard intervals.allSatisfy({ $0?.allSatisfy(\.isFinite) == true }) else { return nil }
    let ends = intervals.compactMap { $0 }.map { better == .larger ? $0 : [-$0[1], -$0[0]] }
    return groups.indices.first { index in
      groups.indices.allSatisfy { $0 == index || ends[index][0] > ends[$0][1] }
    }.map { groups[$0] }
  }
}
