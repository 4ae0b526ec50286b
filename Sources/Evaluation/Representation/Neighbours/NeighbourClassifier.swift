public import Torch

/// How neighbours vote on a class.
public enum NeighbourVote: Sendable, Hashable {
  /// One vote each.
  case majority
  /// Cosine similarity s votes with exp(s/τ). Source: Wu et al. 2018, arXiv 1805.01978, section 3.4, with τ = 0.07.
  case temperature(Double = 0.07)
}

/// The class of each test code by its k nearest training codes, `[n]` int64; of equal votes the smaller class.
///
/// A weighted vote needs cosine distances. Throws `MetricError` for codes of different width, k beyond the training set,
/// τ ≤ 0 and a weighted vote of Euclidean distances. scikit-learn: `KNeighborsClassifier(n_neighbors=k)`.
public func neighbourClasses(
  train: LabelledCodes, test: Tensor, k: Int = 20, distance: CodeDistance = .cosine,
  vote: NeighbourVote = .majority
) throws -> Tensor {
  let (queries, table) = try comparableTables(
    test, train.codes, metric: "knn-accuracy", ("test codes", "training codes"), minimum: 1)
  guard k >= 1, k <= table.size(0) else {
    throw MetricError(
      metric: "knn-accuracy",
      "expected k from 1 to the \(table.size(0)) training examples, found \(k)",
      remedy: "give more training examples or take fewer neighbours")
  }
  let found = NearestNeighbours(of: queries, in: table, k: k, distance: distance)
  let votes: Tensor
  switch vote {
  case .majority: votes = Tensor.ones(like: found.distances)
  case .temperature(let temperature):
    guard temperature > 0, distance == .cosine else {
      throw MetricError(
        metric: "knn-accuracy",
        "expected a temperature above 0 and cosine distances, found \(temperature) and "
          + distance.rawValue,
        remedy: "take distance: .cosine, vote: .temperature(0.07)")
    }
    // Less the largest similarity, 1, which scales all votes alike and keeps them from overflow.
    votes = exp(-found.distances / temperature)
  }
  let classes = train.labels.selected(found.indices.flattened(), dim: 0)
    .reshaped(found.indices.shape)
  let empty = Tensor.zeros([queries.size(0), train.classCount], dtype: .float64)
  return empty.scatterAdding(votes, at: classes, dim: 1).argMax(dim: 1)
}

/// The share of test codes whose class `neighbourClasses` finds; throws as it does.
public func neighbourAccuracy(
  train: LabelledCodes, test: LabelledCodes, k: Int = 20, distance: CodeDistance = .cosine,
  vote: NeighbourVote = .majority
) throws -> Double {
  let found = try neighbourClasses(
    train: train, test: test.codes, k: k, distance: distance, vote: vote)
  return share(of: found, equalTo: test.labels)
}
