import Evaluation
import Testing
import Torch
import _TestSupport

@Suite struct NeighbourTests {
  @Test func classifiersEqualRecorded() throws {
    let data = try RecordedCodes()
    let train = try data.part(0..<450)
    func accuracy(_ distance: CodeDistance, _ vote: NeighbourVote) throws -> Double {
      try neighbourAccuracy(
        train: train, test: try data.test, k: 20, distance: distance, vote: vote)
    }
    #expect(abs(try accuracy(.euclidean, .majority) - data.number("knn.euclidean")) < 1e-9)
    #expect(abs(try accuracy(.cosine, .majority) - data.number("knn.cosine")) < 1e-9)
    #expect(abs(try accuracy(.cosine, .temperature()) - data.number("knn.temperature")) < 1e-9)
  }

  @Test func retrievalEqualsRecorded() throws {
    let data = try RecordedCodes()
    let scores = try retrievalScores(data.all(), ks: [1, 5])
    #expect(abs(scores.meanAveragePrecision - (try data.number("map"))) < 1e-9)
    #expect(scores.recall[1] == (try data.number("recall.1")))
    #expect(scores.recall[5] == (try data.number("recall.5")))
    #expect(scores.queryCount == 600)
  }

  @Test func hubnessEqualsRecorded() throws {
    let data = try RecordedCodes()
    let found = try hubness(data.tensor("codes"), k: 10)
    #expect(abs(found.skewness - (try data.number("hubness"))) < 1e-9)
  }

  /// Normal codes in 100 dimensions have hubs, in 2 they have not.
  @Test func hubsGrowWithTheDimension() throws {
    let low = try hubness(normal([400, 2], seed: 1))
    let high = try hubness(normal([400, 100], seed: 2))
    #expect(high.skewness > low.skewness + 1)
    #expect(high.largest > low.largest && high.antihubs > low.antihubs)
  }

  /// Points on a line at 0, 1, 3, 7: each one's neighbours are known.
  @Test func neighboursOfPointsOnALine() {
    let points = Tensor([[0.0], [1], [3], [7]], dtype: .float64)
    let found = NearestNeighbours(of: points, in: points, k: 2, excludingSelf: true)
    #expect(found.indices.scalars(as: Int.self) == [1, 2, 0, 2, 1, 0, 2, 1])
    #expect(found.distances.scalars(as: Double.self) == [1, 3, 1, 2, 2, 3, 4, 6])
  }

  @Test func equalClassesAreRetrievedPerfectly() throws {
    let codes = Tensor([[1.0, 0], [1, 0.1], [0, 1], [0.1, 1], [-1, -1]], dtype: .float64)
    let data = try LabelledCodes(codes: codes, labels: Tensor([0, 0, 1, 1, 2]))
    let scores = try retrievalScores(data, ks: [1])
    #expect(scores.meanAveragePrecision == 1 && scores.recall[1] == 1)
    // The only example of its class asks nothing.
    #expect(scores.queryCount == 4)
  }

  @Test func badRequestsAreRefused() throws {
    let data = try RecordedCodes().part(0..<20)
    expectRefusal("expected k from 1 to the 20") {
      _ = try neighbourClasses(train: data, test: data.codes, k: 21)
    }
    expectRefusal("cosine distances") {
      _ = try neighbourClasses(
        train: data, test: data.codes, k: 2, distance: .euclidean, vote: .temperature())
    }
    expectRefusal("of one width") {
      _ = try neighbourClasses(train: data, test: normal([3, 9], seed: 1), k: 2)
    }
    expectRefusal("expected every k") { _ = try retrievalScores(data, ks: [20]) }
    expectRefusal("at least 11 examples") { _ = try hubness(normal([10, 2], seed: 1), k: 10) }
  }
}
