import Datasets
import Evaluation
import LatentCore
import LatentModels
import Runs
import Torch

/// Several runs on the same test data: each measured by itself, and ranked by how far their codes agree.
struct RunRanking {
  private var evaluations: [RunEvaluation]

  /// Measures and writes each run's `evaluation.json`.
  ///
  /// Throws what `RunEvaluation` throws, and `CommandError` for runs without codes, of other test data or named twice.
  init(_ paths: [String], _ wanted: MetricSelection?) throws {
    evaluations = try paths.map { try RunEvaluation($0, wanted, isRanked: true) }
    let ranking = UnsupervisedDisentanglementRanking()
    guard wanted?.names.contains(ranking.name) ?? true else { return }
    let found = try evaluations.map { try Self.codes(of: $0.run) }
    for (place, other) in found.enumerated() where other.test != found[0].test {
      throw CommandError.usage(
        "\(paths[place]) was tested on other data (\(other.test)) than \(paths[0]) (\(found[0].test))",
        remedy: "rank runs of the same data")
    }
    let rates = found.compactMap(\.rates)
    let estimates = try ranking.estimates(
      found.map(\.codes), rates: rates.count == found.count ? rates : nil)
    for (place, estimate) in estimates.enumerated() {
      try evaluations[place].add(estimate, as: ranking.name)
    }
  }

  /// The representative codes of the test examples, the same ones for every run, with their rates.
  private static func codes(
    of run: OpenedRun
  ) throws -> (codes: Tensor, rates: [Double]?, test: String) {
    guard let method = run.method as? any Method & Encodes else {
      throw CommandError.usage(
        "\(run.folder.path) is a run of recipe \(run.recipe.name), which has no codes to rank",
        remedy: "leave it out")
    }
    let test = try run.splits().test()
    let codes = RunCodes(method, test: test, grid: nil, seed: 0)
    return (try codes.rows(.mean).codes, try codes.rates(), try test.fingerprint)
  }

  /// Prints a table a run, or with `--json` the document.
  func show(on console: Console) {
    if evaluations.count < 5 {
      console.note("udr of \(evaluations.count) runs is rough: five or more of one model are usual")
    }
    let facts = evaluations.map { $0.run.record.recipe }
    if Set(facts).count > 1 {
      console.note(
        "udr ranks runs of one model, found \(Set(facts).sorted().joined(separator: ", "))")
    }
    for (place, evaluation) in evaluations.enumerated() {
      console.print("\(place > 0 ? "\n" : "")\(evaluation.run.folder.path)")
      evaluation.print(on: console)
    }
    console.report(["runs": .array(evaluations.map { .object($0.json) })])
  }
}
