import Datasets
import Evaluation
import LatentCore
import LatentModels
import Runs
import Torch

/// Everything that fits a run's model and data.
struct RunEvaluation {
  private let run: OpenedRun
  private var measured: Measurements

  /// Measures on the test data and writes `evaluation.json`, where a metric that was not wanted
  /// keeps its value. Throws what files and data throw, and `CommandError` when nothing fits.
  init(_ path: String, _ wanted: MetricSelection?) throws {
    run = try OpenedRun(path, recipes: Recipes.all)
    measured = Measurements(wanted)
    try run.loadWeights()
    let splits = try run.splits()
    let test = try splits.test()
    let seed = SeedPurpose.test.seed(for: run.record.seed)
    if let method = run.method as? any Method & Scores {
      let known = try likelihoodMetrics(of: method, on: test, seed: seed)
      measured.metrics = known.filter { measured.wants($0.key) }
    }
    try measured.addPredictions(of: run.method, on: test, seed: seed)
    if let wanted {
      try RunRequests(run, splits: splits, test: test, seed: seed).measure(wanted, &measured)
    }
    if let method = run.method as? any Method & Encodes {
      try measure(RunCodes(method, test: test, grid: splits.grid, seed: seed))
    }
    if let missing = wanted?.names.first(where: {
      measured.metrics[$0] == nil && !measured.answered.contains($0)
    }) {
      throw CommandError.usage(
        "metric \(missing) does not fit recipe \(run.recipe.name) on \(run.record.data.source)",
        remedy: "latent list metrics shows what each needs")
    }
    guard !measured.metrics.isEmpty else {
      throw CommandError.usage(
        "recipe \(run.recipe.name) has no likelihood and no codes to measure",
        remedy: "evaluate a run of another recipe")
    }
    let known = wanted == nil ? [:] : try run.folder.evaluation()?.metrics ?? [:]
    try run.folder.writeJSON(
      EvaluationRecord(
        metrics: known.merging(measured.metrics) { $1 }, seed: run.record.seed),
      to: "evaluation.json")
  }

  /// Prints the table, or with `--json` the document.
  func show(on console: Console) {
    measured.show(on: console)
    var document = measured.json
    document["run"] = .string(run.folder.path)
    console.report(document)
  }

  private mutating func measure(_ codes: RunCodes) throws {
    for kind in codes.kinds
    where Metrics.all.contains(where: { measured.wants($0.name + kind.suffix) }) {
      let rows = try codes.rows(kind)
      try measured.add(codes: rows.codes, codes.options, suffix: kind.suffix)
      if kind == .mean, let labels = try codes.labels() {
        let labelled = try LabelledCodes(codes: rows.codes, labels: labels)
        try measured.add(labelled, codes.options)
      }
      guard let data = rows.data else { continue }
      for metric in Metrics.factorMetrics {
        try measured.add(metric.name + kind.suffix) {
          let source = metric is any InterventionMetric ? try codes.gridRows(kind) ?? data : data
          return try metric.estimate(source, codes.options)
        }
      }
    }
  }
}
