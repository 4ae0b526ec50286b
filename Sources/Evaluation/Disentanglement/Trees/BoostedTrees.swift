import Torch

/// Gradient-boosted trees of one factor, step by step as scikit-learn's defaults make them.
///
/// 100 rounds, rate 0.1, one tree of depth 3 with single examples as leaves for each class (one in
/// all for two classes or a real factor). A tree is grown by LightGBM on the residuals r = y − p with
/// equal weights, so that the gain of a split is the residuals' loss of squared error; then its
/// leaves get the Newton step (K − 1)/K Σ r / Σ p(1 − p), or the mean residual of a real factor.
/// Splits are sought among at most 4,095 values a code. One thread: the trees are small, and the same
/// input gives the same trees. **Source**: Friedman 2001, algorithms 3, 5 and 6; Ke et al. 2017
/// (LightGBM). scikit-learn: `GradientBoostingClassifier()`, `GradientBoostingRegressor()`.
struct BoostedTrees {
  private static let rounds = 100
  private static let rate = 0.1
  private static let leaves = 8

  /// The share of each code in the gain of all splits, [d]; all zero where no split helped.
  let importances: [Double]
  /// The class with the largest score, int64, or the predicted number, of each code of `others`.
  let predictions: Tensor

  /// Fits to `codes` [n, d] and predicts for `others` [m, d]; throws `MetricError` where LightGBM is
  /// absent or fails.
  init(_ codes: Tensor, _ factor: FactorColumn, predicting others: Tensor) throws {
    var target = BoostingTarget(factor)
    var unseen = target.start.expanded([others.size(0), target.trees])
    let booster = try Booster(
      codes, trees: target.trees,
      settings: "objective=none learning_rate=1 num_leaves=\(Self.leaves) max_depth=3 "
        + "min_data_in_leaf=1 min_data_in_bin=1 min_sum_hessian_in_leaf=0 max_bin=4095 "
        + "feature_pre_filter=false num_threads=1 deterministic=true seed=0 verbosity=-1")
    // Leaves of different trees of a round are counted through.
    let shifts = Tensor.arange(target.trees) * Self.leaves
    for round in 0..<Self.rounds {
      let (residuals, curvatures) = target.residuals()
      guard try booster.grow(residuals) else { break }
      let places = try booster.leaves(of: codes, round: round) + shifts
      func sums(_ values: Tensor) -> Tensor {
        Tensor.zeros([target.trees * Self.leaves], dtype: .float64)
          .scatterAdding(values.flattened(), at: places.flattened(), dim: 0)
      }
      let weights = sums(curvatures)
      let steps = (target.shrinkage * sums(residuals) / weights)
        .replacing(with: 0, where: weights .< 1e-150)
      func moves(_ places: Tensor) -> Tensor {
        Self.rate * steps.selected(places.flattened(), dim: 0).reshaped(places.shape)
      }
      target.scores = target.scores + moves(places)
      unseen = try unseen + moves(booster.leaves(of: others, round: round) + shifts)
    }
    let gains = try booster.gains()
    let total = gains.reduce(0, +)
    importances = total > 0 ? gains.map { $0 / total } : gains
    predictions = target.predictions(unseen)
  }
}

/// What the trees of one factor are fitted to, and how far they have come.
private struct BoostingTarget {
  /// Trees a round.
  let trees: Int
  /// The scores before any tree, [trees].
  let start: Tensor
  /// What a Newton step is scaled by.
  let shrinkage: Double
  /// The scores so far, [n, trees].
  var scores: Tensor
  /// Indicators of the class or the numbers themselves, [n, trees].
  private let truth: Tensor
  private let isReal: Bool

  init(_ factor: FactorColumn) {
    switch factor.values {
    case .real(let numbers):
      (trees, isReal, shrinkage) = (1, true, 1)
      truth = numbers.unsqueezed(dim: 1)
      start = truth.mean(dim: 0)
    case .classes(let numbers, let count):
      isReal = false
      let indicators = numbers.oneHot(classes: count).to(.float64)
      let shares = indicators.mean(dim: 0)
      trees = count > 2 ? count : 1
      shrinkage = count > 2 ? Double(count - 1) / Double(count) : 1
      truth = count > 2 ? indicators : indicators[.all, 1...]
      start = count > 2 ? log(shares) : log(shares[1...] / shares[0])
    }
    scores = start.expanded(truth.shape)
  }

  /// y − p, and the weight of each example in a leaf's Newton step, [n, trees].
  func residuals() -> (Tensor, Tensor) {
    if isReal { return (truth - scores, Tensor.ones(like: truth)) }
    let probabilities = trees == 1 ? sigmoid(scores) : softmax(scores, dim: 1)
    return (truth - probabilities, probabilities * (1 - probabilities))
  }

  func predictions(_ scores: Tensor) -> Tensor {
    if isReal { return scores.squeezed(dim: 1) }
    return trees == 1 ? (scores.squeezed(dim: 1) .> 0).to(.int64) : scores.argMax(dim: 1)
  }
}
