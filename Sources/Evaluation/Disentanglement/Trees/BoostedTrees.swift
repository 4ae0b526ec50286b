import Torch

/// Gradient-boosted trees of one factor, as scikit-learn's defaults make them.
///
/// 100 rounds of trees of depth 3 with rate 0.1 and single examples as leaves, one tree a class and
/// round (one a round for two classes or a real factor), grown by LightGBM on at most 255 values a
/// code instead of all. One thread: the trees are small, and the same input gives the same trees.
/// **Source**: Friedman 2001; Ke et al. 2017 (LightGBM). scikit-learn:
/// `GradientBoostingClassifier()`.
final class BoostedTrees {
  private static let rounds = 100
  // Of the C interface: element types, kinds of prediction and importance.
  private static let (float32, float64): (CInt, CInt) = (0, 1)
  private static let (rawScore, gain): (CInt, CInt) = (1, 1)

  private let library: BoostingLibrary
  private let booster: BoostingLibrary.Handle
  private let width: Int
  private let outputs: Int

  /// Fits to codes [n, d]; throws `MetricError` where LightGBM is absent or fails.
  init(_ codes: Tensor, _ factor: FactorColumn) throws {
    let library = try BoostingLibrary.loaded()
    self.library = library
    width = codes.size(1)
    let objective: String
    let labels: Tensor
    switch factor.values {
    case .classes(let numbers, let count):
      outputs = count > 2 ? count : 1
      objective = count > 2 ? "objective=multiclass num_class=\(count)" : "objective=binary"
      labels = numbers.to(.float32)
    case .real(let numbers):
      outputs = 1
      objective = "objective=regression"
      labels = numbers.to(.float32)
    }
    let settings =
      "\(objective) num_leaves=8 max_depth=3 learning_rate=0.1 min_data_in_leaf=1 "
      + "min_data_in_bin=1 min_sum_hessian_in_leaf=0.001 feature_pre_filter=false "
      + "num_threads=1 deterministic=true seed=0 verbosity=-1"
    var dataset: BoostingLibrary.Handle?
    defer { _ = library.freeDataset(dataset) }
    try codes.withUnsafeBytes { bytes in
      try library.check(
        library.makeDataset(
          bytes.baseAddress, Self.float64, Int32(codes.size(0)), Int32(codes.size(1)), 1, settings,
          nil, &dataset))
    }
    try labels.withUnsafeBytes { bytes in
      try library.check(
        library.setField(dataset, "label", bytes.baseAddress, CInt(labels.count), Self.float32))
    }
    var made: BoostingLibrary.Handle?
    try library.check(library.makeBooster(dataset, settings, &made))
    guard let made else { preconditionFailure("LightGBM made no booster and said nothing") }
    booster = made
    var isFinished: CInt = 0
    for _ in 0..<Self.rounds where isFinished == 0 {
      try library.check(library.update(booster, &isFinished))
    }
  }

  deinit { _ = library.freeBooster(booster) }

  /// The share of each code in the gain of all splits, [d]; all zero where no split helped.
  func importances() throws -> [Double] {
    var gains = [Double](repeating: 0, count: width)
    try library.check(library.importance(booster, 0, Self.gain, &gains))
    let total = gains.reduce(0, +)
    return total > 0 ? gains.map { $0 / total } : gains
  }

  /// The class with the largest score, int64, or the predicted number, of each code of [m, d].
  func predict(_ codes: Tensor, isClasses: Bool) throws -> Tensor {
    var scores = [Double](repeating: 0, count: codes.size(0) * outputs)
    var written: Int64 = 0
    try codes.withUnsafeBytes { bytes in
      try library.check(
        library.predict(
          booster, bytes.baseAddress, Self.float64, Int32(codes.size(0)), Int32(width), 1,
          Self.rawScore, 0, 0, "num_threads=1", &written, &scores))
    }
    let table = Tensor(scores, shape: [codes.size(0), outputs])
    guard isClasses else { return table.squeezed(dim: 1) }
    return outputs == 1 ? (table.squeezed(dim: 1) .> 0).to(.int64) : table.argMax(dim: 1)
  }
}
