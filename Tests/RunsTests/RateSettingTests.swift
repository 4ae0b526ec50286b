import LatentCore
import LatentNN
import Runs
import Testing
import Torch

/// KL annealing and free bits reach the objective in training and nothing that is held out.
@Suite struct RateSettingTests {
  /// The weights of the rate and free bits of each step, and those of the validations.
  private func seen(
    _ change: (inout TrainingOptions) -> Void
  ) throws -> (training: [[Double]], held: Set<[Double]>) {
    var training: [[Double]] = []
    var held: Set<[Double]> = []
    try withRunFolder { folder in
      let toy = Toy(held: { toy, step in
        held.insert([step.rateWeight, step.freeBits])
        return rate(toy.pair.first.value.sum(), step)
      }) { toy, step in
        training.append([step.rateWeight, step.freeBits])
        return rate(toy.pair.first.value.sum(), step)
      }
      _ = try toyTrainer(toy, in: folder, change: change).run { false }
    }
    return (training, held)
  }

  @Test func theWeightRisesOnce() throws {
    let (training, held) = try seen { $0.klAnnealing = KLAnnealing(.linear, warmup: 4) }
    #expect(training.map { $0[0] } == [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1])
    #expect(held == [[1, 0]])
    // A half of the ten steps, where no number is given.
    let (half, _) = try seen { $0.klAnnealing = KLAnnealing(.linear) }
    #expect(half.map { $0[0] } == [0, 0.2, 0.4, 0.6, 0.8, 1, 1, 1, 1, 1])
  }

  @Test func orInCycles() throws {
    let (training, held) = try seen {
      $0.klAnnealing = KLAnnealing(.cyclical, cycles: 2, proportion: 0.8)
      $0.freeBits = 0.5
    }
    let expected = [0, 0.25, 0.5, 0.75, 1, 0, 0.25, 0.5, 0.75, 1]
    for (found, value) in zip(training, expected) {
      #expect(abs(found[0] - value) < 1e-12)
      #expect(found[1] == 0.5)
    }
    #expect(held == [[1, 0]])
    let (longer, _) = try seen {
      $0.klAnnealing = KLAnnealing(.cyclical, warmup: 4, cycles: 2)
      $0.scheduleSteps = 20
    }
    for (found, value) in zip(longer, [0, 0.25, 0.5, 0.75, 1, 1]) {
      #expect(abs(found[0] - value) < 1e-12)
    }
  }

  /// At weight r the weight moves by 0.1 r a step: Σ r = 0 + 0.25 + 0.5 + 0.75 + 6 · 1 = 7.5.
  @Test func theGradientIsWeighted() throws {
    try withRunFolder { folder in
      let toy = Toy { toy, step in rate(toy.pair.first.value.sum(), step) }
      _ = try toyTrainer(toy, in: folder) {
        $0.klAnnealing = KLAnnealing(.linear, warmup: 4)
      }.run { false }
      #expect(abs(toy.pair.values[0] - (1 - 0.75)) < 1e-6)
      let events = try EventLog.read(folder)
      let training = events.filter { $0.split == "train" }
      #expect(
        training.map { $0.terms["rate-weight"]?.value } == [0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1])
      let held = events.filter { $0.split == "validation" }
      #expect(held.allSatisfy { $0.terms["rate-weight"] == nil })
    }
  }

  @Test func aMethodThatFollowsNothingRefusesThem() throws {
    func refused(_ follows: RateSettings, _ change: (inout TrainingOptions) -> Void) throws
      -> String
    {
      var text = ""
      try withRunFolder { folder in
        let toy = Toy { toy, _ in
          var terms = loss(toy.pair.first.value.sum())
          terms.obey(follows)
          return terms
        }
        let trainer = try toyTrainer(toy, in: folder, change: change)
        text = refusal { try trainer.run { false } }
      }
      return text
    }
    let annealed = try refused([]) { $0.klAnnealing = KLAnnealing(.cyclical) }
    #expect(
      annealed == """
        kl-annealing expects a rate that follows it among the method's terms, found loss
        leave kl-annealing out, or train a recipe with such a rate
        """)
    let free = try refused(.annealing) { $0.freeBits = 0.1 }
    #expect(
      free == """
        free-bits expects a rate that follows it among the method's terms, found loss
        leave free-bits out, or train a recipe with such a rate
        """)
    let followed = try refused(.annealing) { $0.klAnnealing = KLAnnealing(.linear) }
    #expect(followed == "")
  }

  /// The bound that is held out is no other for what training minimises.
  @Test func freeBitsRaiseTheRateOfAVAE() throws {
    try withTemporaryFolder { folder in
      func rates(_ name: String, _ settings: [String]) throws -> [String: Double] {
        let path = try smallRun(in: folder, name: name, steps: 80, set: settings)
        let events = try EventLog.read(RunFolder(existing: path))
        let last = events.last { $0.split == "validation" }
        let terms = try #require(last).terms
        #expect(terms.keys.sorted() == ["distortion", "elbo", "rate"])
        let sum = terms["distortion"]!.value + terms["rate"]!.value
        #expect(abs(terms["elbo"]!.value + sum) < 1e-4)
        return terms.mapValues(\.value)
      }
      let plain = try rates("plain", ["beta=20"])
      let free = try rates("free", ["beta=20", "free-bits=1"])
      #expect(plain["rate"]! < 0.5, "so large a β leaves no rate")
      #expect(free["rate"]! > plain["rate"]! + 0.4, "up to two nats cost nothing")
    }
  }
}
