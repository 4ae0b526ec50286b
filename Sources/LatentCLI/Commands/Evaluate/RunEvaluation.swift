import Datasets
import Evaluation
import LatentCore
import LatentModels
import Runs
import Torch

/// Everything that fits a run's model and data.
struct RunEvaluation {
  /// The run with its weights.
  let run: OpenedRun
  private var measured: Measurements

  /// Measures on the test data and writes `evaluation.json`, where a metric that was not wanted
  /// keeps its value; metrics of several runs are left to `RunRanking`, which `isRanked` announces.
  ///
  /// Throws what files and data throw, and `CommandError` when nothing fits.
  init(_ path: String, _ wanted: MetricSelection?, isRanked: Bool = false) throws {
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
    if let method = run.method as? any Method & PredictsLinks {
      let known = try linkMetrics(of: method, on: test, seed: seed)
      for (name, value) in known { try measured.add(name) { value } }
    }
    if let wanted {
      try RunRequests(run, splits: splits, test: test, seed: seed).measure(wanted, &measured)
    }
    // The codes of a graph's nodes are no rows beside examples.
    if test.schema.kind != .graph, let method = run.method as? any Method & Encodes {
      try measure(RunCodes(method, test: test, grid: splits.grid, seed: seed))
    }
    let ranking = Set(Metrics.runMetrics.map(\.name))
    if let name = wanted?.names.first(where: ranking.contains), !isRanked {
      throw CommandError.usage(
        "\(name) compares several runs, found one",
        remedy: "name all of them: latent evaluate RUN RUN RUN --metrics \(name)")
    }
    if let missing = wanted?.names.first(where: {
      measured.metrics[$0] == nil && !measured.answered.contains($0) && !ranking.contains($0)
    }) {
      throw CommandError.usage(
        "metric \(missing) does not fit recipe \(run.recipe.name) on \(run.record.data.source)",
        remedy: "latent list metrics shows what each needs")
    }
    guard !measured.metrics.isEmpty || isRanked else {
      throw CommandError.usage(
        "recipe \(run.recipe.name) has no likelihood and no codes to measure",
        remedy: "evaluate a run of another recipe")
    }
    try write(keepingOthers: wanted != nil)
  }

  /// Adds what was measured of this run beside others, to `evaluation.json` too.
  mutating func add(_ estimate: Estimate, as name: String) throws {
    measured.metrics[name] = estimate
    try write(keepingOthers: true)
  }

  private func write(keepingOthers: Bool) throws {
    let known = keepingOthers ? try run.folder.evaluation()?.metrics ?? [:] : [:]
    try run.folder.writeJSON(
      EvaluationRecord(
        metrics: known.merging(measured.metrics) { $1 }, seed: run.record.seed),
      to: "evaluation.json")
  }

  /// Prints the table.
  func print(on console: Console) { measured.show(on: console) }

  /// The document of the run.
  var json: JSONObject {
    var document = measured.json
    document["run"] = .string(run.folder.path)
    return document
  }

  private mutating func measure(_ codes: RunCodes) throws {
    if CodebookMetric.all.contains(where: { measured.wants($0.name) }),
      let words = try codes.words()
    {
      try measured.add(words: words.entries, size: words.size, codes.options)
    }
    for kind in codes.kinds
    where Metrics.all.contains(where: { measured.wants($0.name + kind.suffix) }) {
      let rows = try codes.rows(kind)
      try measured.add(codes: rows.codes, codes.options, suffix: kind.suffix)
      if kind == .mean, let labels = rows.labels {
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
