import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Runs
import Testing
import Torch

/// Gradients of several batches make the update of one large one.
@Suite struct AccumulationTests {
  /// Learns the mean of the examples: the mean of (x − a)² over a batch.
  private final class Mean: Method {
    let pair = Pair()
    var sizes: [Int] = []
    var model: Module { pair }
    var selection: Selection { Selection(term: "loss", isBetterWhenLarger: false) }
    func terms(_ batch: Batch, _ step: Step) -> Terms {
      sizes.append(batch.count)
      return loss(squared(batch.examples - pair.first.value).mean())
    }
  }

  private func train(_ batchSize: Int, times: Int) throws -> (Mean, [Event]) {
    let method = Mean()
    let data = try TensorDataset(
      name: "numbers", schema: DatasetSchema(.vector, shape: [1], range: 0...1),
      examples: Tensor.rand([300, 1], using: Generator(seed: 5)))
    var events: [Event] = []
    try withRunFolder { folder in
      var options = TrainingOptions(budget: .epochs(4))
      options.batchSize = batchSize
      options.accumulation = times
      options.logInterval = 1
      let trainer = Trainer(
        method: method, optimizer: Optimizer(Adam(), for: method.model, learningRate: 0.05),
        data: DatasetSplits(name: "numbers", train: data, validation: nil) { data },
        options: options, folder: folder
      ) { _ in }
      let outcome = try trainer.run { false }
      #expect(outcome == .finished)
      events = try EventLog.read(folder)
    }
    return (method, events)
  }

  /// 300 examples are two updates of 128 and one of 44: the last batches of an epoch weigh less.
  @Test func fourTimesThirtyTwoIsAHundredAndTwentyEight() throws {
    let (whole, expected) = try train(128, times: 1)
    let (parts, found) = try train(32, times: 4)
    #expect(Array(whole.sizes.prefix(4)) == [128, 128, 44, 128])
    #expect(Array(parts.sizes.prefix(11)) == [32, 32, 32, 32, 32, 32, 32, 32, 32, 12, 32])
    #expect(abs(parts.pair.values[0] - whole.pair.values[0]) < 1e-6)
    #expect(found.map(\.step) == expected.map(\.step))
    #expect(found.map(\.epoch) == expected.map(\.epoch))
    for (a, b) in zip(found, expected) {
      let values = try [a, b].map { try #require($0.terms["loss"]).value }
      #expect(abs(values[0] - values[1]) < 1e-6)
    }
  }

  /// The same noise is drawn for 4 × 32 codes as for 128, so a VAE agrees as well.
  @Test func alsoForAVariationalAutoencoder() throws {
    try withTemporaryFolder { folder in
      let settings = ["binarise=threshold", "checkpoint-seconds=0"]
      let whole = try smallRun(in: folder, name: "whole", steps: 9, set: settings)
      let parts = try smallRun(
        in: folder, name: "parts", steps: 9, set: settings + ["batch-size=32", "accumulate=4"])
      let (a, b) = try (
        last(RunFolder(existing: whole)).tensors, last(RunFolder(existing: parts)).tensors
      )
      #expect(a.keys.sorted() == b.keys.sorted())
      for (name, tensor) in a {
        let difference = squared(tensor - b[name]!).sum().item().squareRoot()
        #expect(difference < 2e-5, "\(name) by \(difference)")
      }
    }
  }

  /// Each of two players moves by the mean slope of its own term.
  @Test func forEachPlayer() throws {
    try withRunFolder { folder in
      let players = ["first", "second"].map { name in Player(name: name) { $0 == name } }
      let toy = Toy(players: players, held: { _, _ in loss(Tensor(1)) }) { toy, _ in
        var terms = Terms()
        terms.minimise("loss", toy.pair.first.value.sum() * 3, unit: .plain, by: "first")
        terms.minimise("gain", -toy.pair.second.value.sum(), unit: .plain, by: "second")
        return terms
      }
      let trainer = try toyTrainer(toy, in: folder) {
        $0.budget = .steps(2)
        $0.batchSize = 1
        $0.accumulation = 4
      }
      _ = try trainer.run { false }
      #expect(abs(toy.pair.values[0] - (1 - 2 * 0.3)) < 1e-6)
      #expect(abs(toy.pair.values[1] - (1 + 2 * 0.1)) < 1e-6)
    }
  }
}
