import Foundation
import LatentCore
import LatentModels
import Runs
import Testing
import Torch

/// What a run would take, found without beginning one.
@Suite struct CostTests {
  @Test func nothingIsWrittenAndTheRunIsNoOtherForIt() throws {
    try withTemporaryFolder { folder in
      let settings = ["ema=0.9", "accumulate=2", "batch-size=64"]
      let request = try smallRequest(in: folder, name: "run", set: settings)
      let cost = try request.measureCost()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      let path = try smallRun(in: folder, name: "run", set: settings)
      #expect(
        try lastingFiles(path) == lastingFiles(smallRun(in: folder, name: "b", set: settings)))

      // 64 → 6 → μ, log σ² of 2 dimensions, and back: weights and biases.
      #expect(cost.parameters == 64 * 6 + 6 + 6 * 4 + 4 + 2 * 6 + 6 + 6 * 64 + 64)
      // 1257 examples are 10 updates an epoch.
      #expect(cost.steps == 25)
      #expect(cost.validations == 2)
      #expect(cost.secondsPerStep > 0 && cost.secondsPerValidation > 0)
      let seconds = 25 * cost.secondsPerStep + 2 * cost.secondsPerValidation
      #expect(abs(cost.seconds - seconds) < 1e-12 && cost.minutes == cost.seconds / 60)
      let files = ["state", "last"].map { "\(path)/checkpoints/\($0).safetensors" }
      let written = try files.reduce(0) { sum, file in
        let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
        return sum + (size ?? 0)
      }
      #expect(cost.checkpointBytes < written && cost.checkpointBytes > written - 16_000)
      #if os(Linux)
        #expect(try #require(cost.peakMemory) > 10_000_000)
      #endif
      #expect(cost.peakDeviceMemory == 0)
    }
  }

  @Test(arguments: [Budget.minutes(2), .epochs(7)]) func budgets(budget: Budget) throws {
    try withTemporaryFolder { folder in
      var request = try smallRequest(in: folder, name: "run", set: ["validate-every=2"])
      request.budget = budget
      let cost = try request.measureCost()
      if budget == .epochs(7) {
        #expect(cost.steps == 70)
        #expect(cost.validations == 3)
      } else {
        // As many steps as fill the two minutes with their validations.
        #expect(abs(cost.minutes - 2) < 0.01)
        #expect(cost.validations == cost.steps / 20)
      }
    }
  }

  @Test func whatDivergesIsSaid() throws {
    try withTemporaryFolder { folder in
      let request = try smallRequest(
        in: folder, name: "run", set: ["optimizer=sgd", "learning-rate=100", "divergence-limit=0"])
      let error = #expect(throws: Divergence.self) { try request.measureCost() }
      #expect(error?.what.hasSuffix(" was no finite number") == true)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
    }
  }
}
