import Datasets
import LatentCore
import Runs

/// Which examples a command reads.
struct ExampleOptions: ArgumentGroup {
  /// A part of a data set.
  enum Part: String, ArgumentValue, CaseIterable {
    case test, validation, train, all
  }

  @Option(
    "Part of the data, all being every example in the source's order; test if left out, or all with "
      + "--data.")
  var split: Part?
  @Option(
    "Another source of the same kind; the run's own data if left out.", value: "source",
    completion: .wordsAndFiles(DatasetRegistry.entries.map(\.name)))
  var data: String?

  /// Opens the examples for `run`, whose own data are checked against their fingerprint.
  func open(for run: UsedRun) throws -> any Dataset {
    let splits = try opened(for: run.opened)
    switch split ?? (data == nil || splits.whole == nil ? .test : .all) {
    case .test: return try splits.test()
    case .train: return splits.train
    case .validation:
      guard let validation = splits.validation else {
        throw CommandError.usage(
          "\(splits.name) has no validation part", remedy: "use --split train or --split test")
      }
      return validation
    case .all:
      guard let whole = splits.whole else {
        throw CommandError.usage(
          "\(splits.name) has no order of all examples, as its parts are sources of their own",
          remedy: "use --split train, validation or test")
      }
      return whole
    }
  }

  private func opened(for run: OpenedRun) throws -> DatasetSplits {
    guard let data else { return try run.splits() }
    // Nothing need be held out of what is used whole, so that one example is enough.
    let isWhole = split == nil || split == .all
    let plan = isWhole ? SplitPlan(validation: 0, test: 0) : SplitPlan()
    let splits = try run.recipe.form(DatasetRegistry.open(data, plan: plan))
    let (expected, found) = (run.record.schema, splits.train.schema)
    guard expected.exampleShape == found.exampleShape,
      expected.kind == found.kind || (expected.kind.isImage && found.kind.isImage)
    else {
      throw CommandError.usage(
        "--data \(data): expected \(expected.kind.rawValue) of shape \(expected.exampleShape) as in "
          + "the run, found \(found.kind.rawValue) of shape \(found.exampleShape)",
        remedy: "give data of the same kind and shape")
    }
    return splits
  }
}
