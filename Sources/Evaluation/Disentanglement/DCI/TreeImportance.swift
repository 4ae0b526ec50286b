import Torch

/// What boosted trees of every factor say: the importance of codes, and how well they predict.
struct TreeImportance {
  /// Shares of each code in each factor's trees, [d, k], each column of sum 1 or 0.
  let importance: Tensor
  /// Mean over factors of 1 where a test example's class is right, or of what makes the mean R² for
  /// a real factor: [m].
  let informativeness: [Double]

  /// Fits one ensemble a factor on `train`; throws `MetricError` without LightGBM.
  init(_ train: CodesAndFactors, _ test: CodesAndFactors) throws {
    var columns: [Tensor] = []
    var scores = Tensor.zeros([test.count], dtype: .float64)
    for (fitted, tested) in zip(train.factors, test.factors) {
      let trees = try BoostedTrees(train.codes, fitted, predicting: test.codes)
      columns.append(Tensor(trees.importances, dtype: .float64))
      let predicted = trees.predictions
      switch tested.values {
      case .classes(let truth, _):
        scores = scores + (predicted .== truth).to(.float64)
      case .real(let truth):
        let spread = truth.variance(dims: [0], correction: 0)
        scores = scores + 1 - squared(truth - predicted) / spread
      }
    }
    importance = stacked(columns, dim: 1)
    informativeness = (scores / Double(train.factors.count)).scalars(as: Double.self)
  }

  /// Σ_d w_d (1 − H_K(R_d)), w_d the row's share, H_K the entropy of the row's shares to base K.
  var disentanglement: Double { Self.concentration(of: importance) }

  /// Σ_k v_k (1 − H_D(R_k)), v_k the column's share, H_D the entropy of the column's shares to
  /// base D.
  var completeness: Double { Self.concentration(of: importance.transposed(0, 1)) }

  /// Rows weighted by their share of the whole; a table of zeros counts as one of ones.
  static func concentration(of table: Tensor) -> Double {
    let total = table.sum().item()
    let used = total > 0 ? table : Tensor.ones(like: table)
    let shifted = used + 1e-11
    let shares = shifted / shifted.sum(dim: 1, keepDim: true)
    let base = log(Tensor(Double(table.size(1)), dtype: .float64))
    let scores = 1 - entropyTerm(shares).sum(dim: 1) / base
    return (scores * used.sum(dim: 1) / used.sum()).sum().item()
  }
}

extension CodesAndFactors {
  /// The trees of the split, grown once for the three metrics that read them.
  func treeImportance(_ options: MetricOptions) throws -> TreeImportance {
    try shared("trees \(options.trainCount) \(options.testCount) \(options.seed)") {
      let (train, test) = split(options)
      return try TreeImportance(train, test)
    }
  }

  /// Two codes that are factors of two classes, for self-tests with a forest of a few milliseconds.
  static var knownBits: CodesAndFactors {
    get throws {
      let numbers = stacked(
        [Tensor.arange(80).remainder(dividingBy: 2), (Tensor.arange(80) .>= 40).to(.int64)], dim: 1)
      return try CodesAndFactors(codes: numbers, factors: numbers)
    }
  }
}

extension Tensor {
  /// Five codes, each important for two of ten factors: [5, 10].
  static var oneCodeForTwo: Tensor {
    Tensor.eye(5, dtype: .float64).interleaved(2, dim: 1)
  }
}
