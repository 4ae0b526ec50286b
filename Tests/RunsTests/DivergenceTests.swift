import LatentCore
import LatentNN
import Runs
import Testing
import Torch

/// A loss that explodes ends the run with the weights from before.
@Suite struct DivergenceTests {
  /// A toy that descends as ever, whose loss is written down by the test.
  private func toy(_ loss: @escaping (Int) -> Double) -> Toy {
    Toy(held: { _, _ in RunsTests.loss(Tensor(1)) }) { toy, step in
      let slope = toy.pair.first.value.sum()
      return RunsTests.loss(slope - slope.detached() + loss(step.index))
    }
  }

  private func run(
    _ folder: RunFolder, limit: Double? = 1000, until isStopped: () -> Bool = { false },
    resuming: Bool = false, _ loss: @escaping (Int) -> Double
  ) throws -> TrainingOutcome {
    let trainer = try toyTrainer(toy(loss), in: folder) {
      $0.budget = .steps(40)
      $0.divergenceLimit = limit
    }
    if resuming { try trainer.restore() }
    return try trainer.run(until: isStopped)
  }

  @Test func tenLossesAboveTheLimit() throws {
    try withRunFolder { folder in
      // The limit for a first loss of 2 is 2 + 1000 · 2.
      let outcome = try run(folder) { $0 < 5 ? 2 : 2003 }
      #expect(outcome == .diverged("the loss rose from 2.0 to 2003.0", step: 14, lastGood: 5))
      #expect(try last(folder).metadata["step"] == "5", "none of the weights from above it is kept")
      let again = try run(folder, resuming: true) { $0 < 5 ? 2 : 2003 }
      #expect(again == outcome)
    }
  }

  @Test func nineAreNone() throws {
    try withRunFolder { folder in
      let outcome = try run(folder) { $0 % 10 == 0 ? 2 : 1e9 }
      #expect(outcome == .finished)
      #expect(try last(folder).metadata["step"] == "40")
    }
  }

  @Test(arguments: [(-5.0, 4990.0), (0, 1000), (0.25, 1000)])
  func theLimitIsThatOfTheFirstLoss(first: Double, allowed: Double) throws {
    try withRunFolder { folder in
      let outcome = try run(folder) { $0 == 0 ? first : allowed }
      #expect(outcome == .finished)
    }
    try withRunFolder { folder in
      let outcome = try run(folder) { $0 == 0 ? first : allowed + 10 }
      guard case .diverged(_, step: 10, lastGood: 1) = outcome else {
        Issue.record("\(outcome)")
        return
      }
    }
  }

  @Test func withoutALimitItGoesOn() throws {
    try withRunFolder { folder in
      let outcome = try run(folder, limit: nil) { $0 == 0 ? 1 : 1e9 }
      #expect(outcome == .finished)
    }
  }

  /// Interrupted while the loss is above the limit, the run goes on from before and comes to the same.
  @Test func interruptedInTheMidst() throws {
    try withRunFolder { folder in
      let first = try run(folder, until: after(9)) { $0 < 5 ? 2 : 2003 }
      #expect(first == .interrupted)
      #expect(try last(folder).metadata["step"] == "5")
      let outcome = try run(folder, resuming: true) { $0 < 5 ? 2 : 2003 }
      #expect(outcome == .diverged("the loss rose from 2.0 to 2003.0", step: 14, lastGood: 5))
    }
  }

  @Test func theLossOfEachPlayerIsWatched() throws {
    try withRunFolder { folder in
      let players = ["first", "second"].map { name in Player(name: name) { $0 == name } }
      let toy = Toy(players: players, held: { _, _ in RunsTests.loss(Tensor(1)) }) { toy, step in
        var terms = Terms()
        let (a, b) = (toy.pair.first.value.sum(), toy.pair.second.value.sum())
        // What one gains the other loses, so the sum stays what it was.
        let size = step.index == 0 ? 1 : 1e6
        terms.minimise("loss", a - a.detached() - size, unit: .plain, by: "first")
        terms.minimise("gain", b - b.detached() + size, unit: .plain, by: "second")
        return terms
      }
      let outcome = try toyTrainer(toy, in: folder) { $0.budget = .steps(40) }.run { false }
      #expect(
        outcome
          == .diverged("the loss of second rose from 1.0 to 1000000.0", step: 10, lastGood: 1))
    }
  }
}
