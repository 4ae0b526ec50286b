import LatentCore
import LatentLearning
import LatentNN
import Runs
import Testing
import Torch

/// The average of the weights is what is judged and handed out, and training does not see it.
@Suite struct AveragingTests {
  /// At rate 0.1 and slope 1 the weight after step k is w_k = 1 − k / 10; a_1 = w_1, then a ← d a + (1 − d) w.
  private func average(after steps: Int, decay: Double) -> Double {
    var average = 0.9
    for step in 1...steps where step > 1 {
      average = decay * average + (1 - decay) * (1 - Double(step) / 10)
    }
    return average
  }

  @Test func theFilesAndTheValidationHaveTheClosedForm() throws {
    try withRunFolder { folder in
      var judged: [Double] = []
      let toy = Toy(held: { toy, _ in
        judged.append(toy.pair.values[0])
        return loss(toy.pair.first.value.sum())
      }) { toy, _ in loss(toy.pair.first.value.sum()) }
      let trainer = try toyTrainer(toy, in: folder) {
        $0.budget = .steps(6)
        $0.averageDecay = 0.75
      }
      #expect(try trainer.run { false } == .finished)
      // Two updates an epoch, and the eight examples held out are one batch.
      let expected = [2, 4, 6].map { average(after: $0, decay: 0.75) }
      #expect(judged.count == 3)
      for (a, b) in zip(judged, expected) { #expect(abs(a - b) < 1e-6) }
      #expect(abs(toy.pair.values[0] - 0.4) < 1e-6, "training goes on from its own weights")
      let state = try Safetensors(path: folder.file("checkpoints/state.safetensors")).tensors
      #expect(abs(try #require(state["model/first"]).item() - 0.4) < 1e-6)
      #expect(abs(try #require(state["average/first"]).item() - expected[2]) < 1e-6)
      let best = try Safetensors(path: folder.file("checkpoints/best.safetensors"))
      #expect(best.metadata["step"] == "6")
      for weights in [best, try last(folder)] {
        #expect(weights.tensors.keys.sorted() == ["first", "second"])
        #expect(abs(try #require(weights.tensors["first"]).item() - expected[2]) < 1e-6)
      }
      let inside = trainer.withAveragedWeights { toy.pair.values[0] }
      #expect(abs(inside - expected[2]) < 1e-6)
    }
  }

  @Test func averagingChangesNothingOfTheTrainingItself() throws {
    try withTemporaryFolder { folder in
      let plain = try smallRun(in: folder, name: "plain")
      let averaged = try smallRun(in: folder, name: "averaged", set: ["ema=0.9"])
      func state(_ path: String) throws -> [String: Tensor] {
        try Safetensors(path: "\(path)/checkpoints/state.safetensors").tensors
      }
      let (a, b) = try (state(plain), state(averaged))
      for (name, tensor) in a { #expect(b[name]?.isEqual(to: tensor) == true, "\(name)") }
      #expect(b.keys.count { $0.hasPrefix("average/") } == a.keys.count { $0.hasPrefix("model/") })
    }
  }

  @Test func aStateWithoutItsAverageIsRefused() throws {
    try withTemporaryFolder { folder in
      let path = try smallRun(in: folder, set: ["ema=0.9"])
      let state = "\(path)/checkpoints/state.safetensors"
      var file = try Safetensors(path: state)
      file.tensors["average/bottleneck.moments.bias"] = nil
      try file.write(to: state)
      let found = refusal(in: path) { try resume(path) }
      #expect(found.hasPrefix("·/checkpoints/state.safetensors: does not fit the run: "))
      #expect(found.contains("bottleneck.moments.bias"))
    }
  }
}
