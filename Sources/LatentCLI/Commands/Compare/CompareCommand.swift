import Evaluation
import LatentCore
import Runs

/// `latent compare`.
struct CompareCommand: Command {
  static let summary = CommandSummary(
    "compare", "Say whether runs differ, beyond what seeds and test points explain.",
    discussion: """
      Runs that differ in their seed only are one group; each group's mean comes with an interval over \
      its seeds. Groups are compared in pairs: a test over seeds (Welch, corrected for many comparisons by \
      Holm) and a bootstrap over the same test points (paired). A difference is shown only if both say \
      so; otherwise the smallest gap is printed that these seeds could have shown. Runs of other data, or \
      whose likelihoods measure other things, are refused unless --anyway is given.
      """,
    examples: [
      .init("latent compare runs/*", "all runs, grouped by what they were told"),
      .init("latent compare runs/* --group recipe", "one group a recipe"),
    ])

  @Argument("Run folders.", completion: .folders, minimum: 2) var runs: [Path]
  @Option("Key that groups the runs: recipe, data, budget or a setting.", value: "key")
  var group: String?
  @Flag("Compare runs of different data or bounds too.") var anyway = false
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let found = try runs.map { try ComparedRun($0.text) }
      if !anyway { try checkComparable(found) }
      let grouping = try RunGrouping(found, by: group)
      guard grouping.groups.count > 1 else {
        throw CommandError.usage(
          "all \(found.count) runs are one group, '\(grouping.groups[0].name)'",
          remedy: "name runs that differ in more than their seed, or group by another --group KEY")
      }
      let view = ComparisonView(ComparedMetric.all(grouping))
      view.show(on: console)
      console.report(view.json)
    }
  }

  /// Throws `CommandError` (exit code 2) for runs of different data or bounds.
  private func checkComparable(_ runs: [ComparedRun]) throws {
    for run in runs.dropFirst() {
      let first = runs[0]
      guard run.test == first.test else {
        throw CommandError.usage(
          "\(run.folder.path) was tested on other data (\(run.test)) than \(first.folder.path) "
            + "(\(first.test))",
          remedy: "compare runs of the same data, or add --anyway")
      }
      guard run.measure == first.measure else {
        throw CommandError.usage(
          "\(run.folder.path) measures \(run.measure ?? "no likelihood"), \(first.folder.path) "
            + (first.measure ?? "no likelihood"),
          remedy: "compare runs whose bounds measure the same, or add --anyway")
      }
    }
  }
}
