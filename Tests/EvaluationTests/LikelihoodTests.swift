import Datasets
import Evaluation
import Foundation
import LatentCore
import LatentNN
import Testing
import Torch

/// A model whose score of an example is its first number, and a noise that is asked for.
private final class Reader: Method, Scores {
  final class Empty: Module {}
  let empty = Empty()
  let noise: Double

  init(noise: Double = 0) { self.noise = noise }

  var model: Module { empty }
  var selection: Selection { Selection(term: "none", isBetterWhenLarger: true) }
  var bound: String { "ELBO" }
  func terms(_ batch: Batch, _ step: Step) -> Terms { Terms() }
  func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let first = examples[.all, 0]
    return first + noise * Tensor.randn(first.shape, using: generator)
  }
}

@Suite struct LikelihoodTests {
  private func data(_ count: Int) throws -> TensorDataset {
    let rows = Tensor.arange(count * 2).to(.float32).reshaped([count, 2]) * -0.5
    return try TensorDataset(
      name: "rows", schema: DatasetSchema(.vector, shape: [2]), examples: rows)
  }

  @Test func everyExampleHasItsScoreInOrder() throws {
    let scores = try likelihoodScores(of: Reader(), on: data(1030), seed: 1)
    #expect(scores == (0..<1030).map { -Double($0) })
  }

  @Test func theSameSeedGivesTheSameScores() throws {
    let method = Reader(noise: 1)
    let first = try likelihoodScores(of: method, on: data(600), seed: 1)
    #expect(try likelihoodScores(of: method, on: data(600), seed: 1) == first)
    #expect(try likelihoodScores(of: method, on: data(600), seed: 2) != first)
  }

  /// −1.5 nats an example of two numbers are 0.75 / ln 2 bits a number.
  @Test func natsAndBitsAreOneMeasurement() throws {
    let metrics = try likelihoodMetrics(of: Reader(), on: data(4), seed: 1)
    let nats = try #require(metrics["elbo"])
    let bits = try #require(metrics["elbo-bits-per-dim"])
    #expect(nats.value == -1.5)
    #expect(nats.unit == "nat" && bits.unit == "bit/dim")
    #expect(nats.count == 4 && nats.bound == "ELBO")
    #expect(abs(bits.value - 0.75 / log(2)) < 1e-12)
    #expect(
      abs(
        (bits.interval[1] - bits.interval[0]) * 2 * log(2)
          - (nats.interval[1] - nats.interval[0])) < 1e-12)
  }

  @Test func recordsReadBack() throws {
    let record = EvaluationRecord(
      metrics: ["elbo": Estimate(of: [-1, -2.5, 1e-9], unit: "nat", bound: "ELBO")], seed: .max)
    let bytes = try JSONEncoder().encode(record)
    #expect(try JSONDecoder().decode(EvaluationRecord.self, from: bytes) == record)
  }
}
