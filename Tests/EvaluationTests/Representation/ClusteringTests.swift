import Evaluation
import Testing
import Torch
import _TestSupport

@Suite struct ClusteringTests {
  @Test func scoresEqualRecorded() throws {
    let data = try RecordedCodes()
    let scores = try ClusteringScores(
      groups: data.tensor("groups").to(.int64), classes: data.tensor("labels").to(.int64))
    #expect(abs(scores.normalizedMutualInformation - (try data.number("nmi"))) < 1e-9)
    #expect(abs(scores.adjustedRandIndex - (try data.number("ari"))) < 1e-9)
    #expect(abs(scores.accuracy - (try data.number("cluster.accuracy"))) < 1e-9)
  }

  @Test func kMeansReachesTheRecordedMinimum() throws {
    let data = try RecordedCodes()
    let found = try KMeans(data.tensor("codes"), k: 4, restarts: 20, using: Generator(seed: 1))
    let recorded = try data.number("kmeans.inertia")
    #expect(abs(found.inertia - recorded) < 1e-3 * recorded)
  }

  @Test func mixturesReachTheRecordedLikelihood() throws {
    let data = try RecordedCodes()
    let found = try GaussianMixture(data.tensor("codes"), k: 4, using: Generator(seed: 2))
    #expect(found.logLikelihood > (try data.number("gmm.score")) - 0.02)
    #expect(abs(found.weights.sum().item() - 1) < 1e-9)
  }

  /// A normal law's mixture of one component is its sample mean and covariance.
  @Test func oneComponentIsTheSampleLaw() throws {
    let rows = matmul(normal([500, 2], seed: 3), Tensor([[1.0, 0.5], [0, 2]], dtype: .float64))
    let found = try GaussianMixture(rows, k: 1, floor: 0, using: Generator(seed: 1))
    expectClose(found.means[0], rows.mean(dim: 0))
    expectClose(found.covariances[0], rows.transposed().covariance(correction: 0))
  }

  @Test func separatedGroupsAreFound() throws {
    let centres = Tensor([[0.0, 0], [20, 0], [0, 20]], dtype: .float64)
    let labels = Tensor.arange(3).repeated([60])
    let codes = centres.selected(labels, dim: 0) + normal([180, 2], seed: 4)
    for groups in [
      try KMeans(codes, k: 3, using: Generator(seed: 1)).assignments,
      try GaussianMixture(codes, k: 3, using: Generator(seed: 1)).assignments(of: codes),
    ] {
      let scores = try ClusteringScores(groups: groups, classes: labels)
      #expect(scores.accuracy == 1)
      #expect(abs(scores.normalizedMutualInformation - 1) < 1e-12)
      #expect(scores.adjustedRandIndex == 1)
    }
  }

  @Test func randomGroupsScoreNothingAboveChance() throws {
    let groups = Tensor.randint(0..<5, [4000], using: Generator(seed: 5))
    let classes = Tensor.randint(0..<5, [4000], using: Generator(seed: 6))
    let scores = try ClusteringScores(groups: groups, classes: classes)
    #expect(abs(scores.adjustedRandIndex) < 0.005)
    #expect(scores.normalizedMutualInformation < 0.01)
  }

  @Test func namesOfGroupsDoNotMatter() throws {
    let classes = Tensor.randint(0..<4, [200], using: Generator(seed: 7))
    let renamed = Tensor([2, 0, 3, 1]).selected(classes, dim: 0)
    let scores = try ClusteringScores(groups: renamed, classes: classes)
    #expect(scores.accuracy == 1 && scores.adjustedRandIndex == 1)
  }

  @Test func assignmentEqualsRecorded() throws {
    let data = try RecordedCodes()
    let (rows, columns) = try data.tensor("costs").shape2
    let flat = try data.tensor("costs").scalars(as: Double.self)
    let costs = (0..<rows).map { Array(flat[($0 * columns)..<(($0 + 1) * columns)]) }
    let expected = try data.tensor("assignment").to(.int64).scalars(as: Int.self)
    #expect(linearAssignment(costs) == expected)
  }

  /// Against all permutations, on 50 random matrices.
  @Test func assignmentIsTheBestOfAll() {
    func permutations(_ items: [Int]) -> [[Int]] {
      guard let last = items.last else { return [[]] }
      return permutations(items.dropLast()).flatMap { rest in
        (0...rest.count).map { Array(rest[..<$0]) + [last] + Array(rest[$0...]) }
      }
    }
    let all = permutations(Array(0..<5))
    for seed in 0..<50 {
      let flat = normal([25], seed: UInt64(seed)).scalars(as: Double.self)
      let costs = (0..<5).map { Array(flat[($0 * 5)..<(($0 + 1) * 5)]) }
      func total(_ columns: [Int]) -> Double {
        zip(costs, columns).reduce(0) { $0 + $1.0[$1.1] }
      }
      let best = all.map(total).min() ?? .nan
      #expect(abs(total(linearAssignment(costs)) - best) < 1e-12)
    }
  }

  @Test func badRequestsAreRefused() {
    let repeated = Tensor.zeros([9, 2], dtype: .float64)
    expectRefusal("1 different rows") {
      _ = try KMeans(repeated, k: 2, using: Generator(seed: 1))
    }
    expectRefusal("column 1: expected numbers that vary") {
      let rows = concatenated([normal([9, 1], seed: 1), repeated[.all, 0..<1]], dim: 1)
      _ = try GaussianMixture(rows, k: 2, using: Generator(seed: 1))
    }
    expectRefusal("a group and a class") {
      _ = try ClusteringScores(groups: Tensor([0, 1]), classes: Tensor([0, 1, 1]))
    }
  }
}
