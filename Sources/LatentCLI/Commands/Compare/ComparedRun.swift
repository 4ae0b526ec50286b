import Datasets
import Evaluation
import LatentCore
import LatentModels
import Runs

/// One run as `latent compare` sees it: what it was, its scores on the test points, its metrics.
struct ComparedRun {
  let folder: RunFolder
  let record: RunRecord
  /// The fingerprint of the test part.
  let test: String
  /// The bound and what it is over, such as `ELBO of ones and zeros, …`; nil without a likelihood.
  let measure: String?
  /// The bound of each test point in nats, all runs with the same noise; empty without one.
  let scores: [Double]
  /// The bound's name in lower case.
  let bound: String
  /// What `evaluation.json` holds beside the bound.
  let metrics: [String: Estimate]

  /// Opens a run and scores its test points.
  ///
  /// Throws what opening a run and its data throws.
  init(_ path: String) throws {
    let opened = try OpenedRun(path, recipes: Recipes.all)
    try opened.loadWeights()
    folder = opened.folder
    record = opened.record
    let held = try opened.splits().test()
    test = try held.fingerprint
    if let method = opened.method as? any Method & Scores {
      measure = "\(method.bound) of \(method.density)"
      bound = method.bound.lowercased()
      scores = try likelihoodScores(
        of: method, on: held, seed: SeedPurpose.test.seed(for: 0))
    } else {
      measure = nil
      bound = ""
      scores = []
    }
    metrics = try folder.evaluation()?.metrics ?? [:]
  }

  /// What the run was told beside its seed: recipe, data, budget, settings.
  var facts: [String: String] {
    var facts = record.config
    facts["recipe"] = record.recipe
    facts["data"] = record.data.source
    facts["budget"] = record.budget
    return facts
  }
}
