import Torch

/// A data set divided for an honest experiment: to learn from, to choose by, and to judge by.
///
/// Test data are opened by `test()` alone, once, at the end of a run; selection uses `validation`.
public struct DatasetSplits {
  /// The source as it was named.
  public let name: String
  /// The examples to learn from.
  public let train: any Dataset
  /// The examples to choose models and stopping times by; nil when none were held out.
  public let validation: (any Dataset)?
  /// The grid that the parts were cut from, for measures that choose examples by their factors.
  public internal(set) var grid: (any FactorGrid)?
  /// The graph whose nodes the examples are, if they are.
  public internal(set) var graph: GraphDataset?
  /// The examples that all parts were cut from, in the source's order; nil where the authors published
  /// the parts.
  public internal(set) var whole: (any Dataset)?
  private let openTest: () throws -> any Dataset

  /// Splits of a source whose test part is opened when it is asked for.
  public init(
    name: String, train: any Dataset, validation: (any Dataset)?,
    test: @escaping () throws -> any Dataset
  ) {
    self.name = name
    self.train = train
    self.validation = validation
    self.openTest = test
  }

  /// The examples to judge by, to be read once, at the end.
  ///
  /// Throws `FileError` or `DatasetError` when they cannot be opened.
  public func test() throws -> any Dataset { try openTest() }

  /// The hash of the fingerprints of what a run learns from and chooses by.
  ///
  /// The test part is not touched for it; an evaluation records that part's own fingerprint.
  public var fingerprint: String {
    get throws {
      let parts = try [train.fingerprint, validation?.fingerprint ?? "none"]
      return Fingerprint(text: "splits 1\n\(parts.joined(separator: "\n"))\n").value()
    }
  }
}

/// How many examples are held out, and by which seed.
public struct SplitPlan: Sendable, Hashable, Codable {
  /// Examples held out for validation; nil for the source's own habit.
  ///
  /// The habit is a tenth of the examples where the test part is cut from them too, and none where
  /// the authors published a test part.
  public var validation: Int?
  /// Examples held out for the test where the authors published none; nil for a fifth of all.
  public var test: Int?
  /// The seed of the permutation that decides who goes where.
  public var seed: UInt64

  /// A plan; the defaults are the source's habits and seed 0.
  public init(validation: Int? = nil, test: Int? = nil, seed: UInt64 = 0) {
    self.validation = validation
    self.test = test
    self.seed = seed
  }

  /// Cuts one set into three.
  ///
  /// In the order of `torch.randperm(count)` under the plan's seed, the first examples go to the
  /// test part, the next to validation and the rest to training. By habit the test part is a fifth
  /// (rounded up) and validation a tenth (rounded up). Throws `DatasetError` when no example is
  /// left to learn from.
  public func divide(_ whole: any Dataset) throws -> DatasetSplits {
    let testCount = test ?? (whole.count + 4) / 5
    let validationCount = validation ?? (whole.count + 9) / 10
    try checkRoom(whole, held: [testCount, validationCount])
    let order = Tensor.randperm(whole.count, using: Generator(seed: seed)).scalars(as: Int.self)
    let rest = testCount + validationCount
    let held = Array(order[testCount..<rest])
    var splits = DatasetSplits(
      name: whole.name, train: try Subset(of: whole, at: Array(order[rest...])),
      validation: held.isEmpty ? nil : try Subset(of: whole, at: held),
      test: { try Subset(of: whole, at: Array(order[..<testCount])) })
    splits.grid = whole as? any FactorGrid
    splits.whole = whole
    return splits
  }

  /// Splits of a set whose authors published a test part: validation, if any, is the end of the
  /// training part in its own order, as is usual for the 60,000 digits (50,000 and 10,000).
  ///
  /// Throws `DatasetError` when no example is left to learn from.
  public func divide(
    _ training: any Dataset, test: @escaping () throws -> any Dataset
  ) throws -> DatasetSplits {
    let held = validation ?? 0
    try checkRoom(training, held: [held])
    guard held > 0 else {
      return DatasetSplits(name: training.name, train: training, validation: nil, test: test)
    }
    let end = training.count - held
    return DatasetSplits(
      name: training.name, train: try Subset(of: training, at: Array(0..<end)),
      validation: try Subset(of: training, at: Array(end..<training.count)), test: test)
  }

  private func checkRoom(_ whole: any Dataset, held: [Int]) throws {
    let sum = held.reduce(0) { $0.addingReportingOverflow(max($1, 0)).partialValue }
    guard held.allSatisfy({ $0 >= 0 && $0 < whole.count }), sum < whole.count else {
      let wanted = held.map(String.init).joined(separator: " + ")
      throw DatasetError(
        .usage, subject: whole.name,
        problem: "expected fewer than \(whole.count) examples held out, found \(wanted)",
        remedy: "hold out fewer examples")
    }
  }
}
