import Datasets
import Foundation
import LatentCore
import LatentLearning
import LatentNN
import Runs
import Testing
import Torch

/// What the trainer does with a method, shown on two numbers.
@Suite struct TrainerTests {
  @Test func eachPlayersUpdateTouchesItsOwnParametersAlone() throws {
    try withRunFolder { folder in
      var seen: [[Double]] = []
      let players = ["first", "second"].map { name in Player(name: name) { $0 == name } }
      let toy = Toy(players: players, held: { _, _ in loss(Tensor(1)) }) { toy, _ in
        seen.append(toy.pair.values)
        var terms = Terms()
        let product = toy.pair.first.value.sum() * toy.pair.second.value.sum()
        terms.minimise("loss", product, unit: .plain, by: "first")
        terms.minimise("gain", -product, unit: .plain, by: "second")
        return terms
      }
      _ = try toyTrainer(toy, in: folder) { $0.budget = .steps(6) }.run { false }
      #expect(seen.count == 12)
      seen.append(toy.pair.values)
      for call in 0..<12 {
        let mover = call % 2
        #expect(seen[call + 1][1 - mover] == seen[call][1 - mover], "call \(call)")
        // d(ab)/da = b for the first, −d(ab)/db = −a for the second, at rate 0.1.
        let slope = mover == 0 ? seen[call][1] : -seen[call][0]
        #expect(abs(seen[call + 1][mover] - (seen[call][mover] - 0.1 * slope)) < 1e-6)
      }
    }
  }

  /// Σ (1 − k/10) for k = 0 … 9 is 5.5, whoever else is updated in between.
  @Test(arguments: [1, 2]) func scheduledRatesCountStepsAndNotPlayers(count: Int) throws {
    try withRunFolder { folder in
      let names = Array(["first", "second"].prefix(count))
      let players = names.map { name in Player(name: name) { $0 == name } }
      let toy = Toy(players: players) { toy, _ in
        var terms = Terms()
        terms.minimise("loss", toy.pair.first.value.sum(), unit: .plain, by: "first")
        terms.minimise("other", toy.pair.second.value.sum(), unit: .plain, by: "second")
        return terms
      }
      var config = Config(TrainingSettings.schema)
      for setting in ["optimizer=sgd", "learning-rate=1", "schedule=linear"] {
        try config.set(setting)
      }
      var options = TrainingOptions(budget: .steps(10))
      options.batchSize = 4
      let trainer = Trainer(
        method: toy,
        optimizer: TrainingSettings.optimizer(config, for: toy, steps: 10, examples: 8),
        data: try toyData(), options: options, folder: folder
      ) { _ in }
      _ = try trainer.run { false }
      #expect(abs(toy.pair.values[0] - (1 - 5.5)) < 1e-5)
      #expect(abs(toy.pair.values[1] - (count == 2 ? 1 - 5.5 : 1)) < 1e-5)
    }
  }

  @Test func theWeightOfATermScalesItsGradient() throws {
    try withRunFolder { folder in
      let toy = Toy { toy, _ in loss(toy.pair.first.value.sum(), weight: 3) }
      _ = try toyTrainer(toy, in: folder) { $0.budget = .steps(1) }.run { false }
      #expect(abs(toy.pair.values[0] - 0.7) < 1e-6)
      #expect(toy.pair.values[1] == 1)
    }
  }

  @Test func stepAndEpochAreThoseBeforeTheUpdate() throws {
    try withRunFolder { folder in
      var places: [[Int]] = []
      let toy = Toy(held: { _, _ in loss(Tensor(1)) }) { toy, step in
        places.append([step.index, step.epoch, step.exampleCount])
        return loss(toy.pair.first.value.sum())
      }
      _ = try toyTrainer(toy, in: folder) { $0.budget = .epochs(3) }.run { false }
      #expect(places == [[0, 0, 8], [1, 0, 8], [2, 1, 8], [3, 1, 8], [4, 2, 8], [5, 2, 8]])
    }
  }

  @Test func aTermThatIsNoNumberStopsBeforeItDoesHarm() throws {
    try withRunFolder { folder in
      let toy = Toy { toy, step in
        loss(toy.pair.first.value.sum() * (step.index == 7 ? Double.nan : 1))
      }
      let outcome = try toyTrainer(toy, in: folder) { _ in }.run { false }
      #expect(outcome == .diverged("loss was no finite number", step: 7, lastGood: 7))
      #expect(try last(folder).metadata["step"] == "7")
      #expect(abs(try #require(last(folder).tensors["first"]).item() - 0.3) < 1e-6)
    }
  }

  /// √0 is finite and its slope is not: the weights are spoilt by an update whose terms were fine.
  @Test func weightsThatAreNoNumbersNeverReachACheckpoint() throws {
    try withRunFolder { folder in
      let toy = Toy { toy, step in
        let x = toy.pair.first.value.sum()
        return loss(step.index == 2 ? sqrt(x - x.detached()) : x)
      }
      let outcome = try toyTrainer(toy, in: folder) { _ in }.run { false }
      #expect(outcome == .diverged("the weight first was no finite number", step: 3, lastGood: 2))
      #expect(try last(folder).metadata["step"] == "2")
      #expect(try #require(last(folder).tensors["first"]).item().isFinite)
    }
  }

  @Test func validationThatIsNoNumberStops() throws {
    try withRunFolder { folder in
      let toy = Toy(held: { _, step in loss(Tensor(Double.infinity)) }) { toy, _ in
        loss(toy.pair.first.value.sum())
      }
      let outcome = try toyTrainer(toy, in: folder) { _ in }.run { false }
      #expect(outcome == .diverged("loss was no finite number", step: 2, lastGood: 1))
      let best = folder.file("checkpoints/best.safetensors")
      #expect(!FileManager.default.fileExists(atPath: best))
      #expect(try EventLog.read(folder).map(\.step) == [1, 2])
    }
  }

  /// The first validation is the best; after two more without a better one it is over, for good.
  @Test func patienceEndsTheRunAndARunThatEndedStaysSo() throws {
    try withRunFolder { folder in
      func trainer() throws -> Trainer {
        let toy = Toy(held: { _, _ in loss(Tensor(4)) }) { toy, _ in
          loss(toy.pair.first.value.sum())
        }
        return try toyTrainer(toy, in: folder) {
          $0.patience = 2
          $0.budget = .steps(100)
        }
      }
      #expect(try trainer().run { false } == .finished)
      #expect(try last(folder).metadata["step"] == "6")
      let best = try Safetensors(path: folder.file("checkpoints/best.safetensors"))
      #expect(best.metadata["step"] == "2")
      // Killed after the last checkpoint, before anybody wrote that it had finished.
      let before = try lastingFiles(folder.path)
      let again = try trainer()
      try again.restore()
      #expect(try again.run { false } == .finished)
      #expect(try lastingFiles(folder.path) == before)
    }
  }

  @Test func theBestIsChosenByTheMethodsTermInItsDirection() throws {
    try withRunFolder { folder in
      let scores = [5.0, 3, 4, 2, 6]
      let toy = Toy(held: { toy, _ in loss(Tensor(scores[Int((1 - toy.pair.values[0]) * 5 - 0.5)]))
      }) { toy, _ in loss(toy.pair.first.value.sum()) }
      _ = try toyTrainer(toy, in: folder) { $0.budget = .epochs(5) }.run { false }
      let best = try Safetensors(path: folder.file("checkpoints/best.safetensors"))
      #expect(best.metadata["step"] == "8")
      let events = try EventLog.read(folder).filter { $0.split == "validation" }
      #expect(events.map { $0.terms["loss"]?.value } == [5, 3, 4, 2, 6])
    }
  }

  @Test func aBudgetInMinutesEnds() throws {
    try withRunFolder { folder in
      let toy = Toy { toy, _ in loss(toy.pair.first.value.sum()) }
      let trainer = try toyTrainer(toy, in: folder) { $0.budget = .minutes(0.002) }
      #expect(try trainer.run { false } == .finished)
    }
  }

  @Test func hugeBudgetsAreNoOverflow() throws {
    try withTemporaryFolder { folder in
      var request = try smallRequest(in: folder, name: "huge", set: ["schedule=linear"])
      request.budget = .epochs(.max)
      var calls = 0
      let outcome = try TrainingSession(request) { _ in }.train {
        calls += 1
        return calls > 21
      }
      #expect(outcome == .interrupted)
    }
  }
}
