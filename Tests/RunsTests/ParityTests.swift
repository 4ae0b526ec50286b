import Datasets
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import Runs
import Testing
import Torch
import _TestSupport

/// The first fifty steps of the VAE on the digits are those of a PyTorch script with the same seed.
@Suite struct ParityTests {
  @Test func fiftyStepsAreThoseOfPyTorch() throws {
    let expected = try goldens("vae_digits", beside: #filePath)
    #expect(expected.metadata["torch"] != nil)
    try withTemporaryFolder { folder in
      let seed: UInt64 = 3
      let splits = try DatasetRegistry.open("digits")
      let config = Config(AutoencoderRecipe.vae.settings + TrainingSettings.schema)
      let method = try AutoencoderRecipe.vae.make(
        config, data: splits.train.schema,
        using: Generator(seed: SeedPurpose.initialisation.seed(for: seed)))
      var options = TrainingSettings.options(config, budget: .steps(50), seed: seed)
      options.logInterval = 1
      let run = try RunFolder(in: folder, recipe: "vae", data: "digits", name: "parity")
      let trainer = Trainer(
        method: method,
        optimizer: TrainingSettings.optimizer(config, for: method, steps: 50, examples: 8),
        data: splits,
        options: options, folder: run
      ) { _ in }
      _ = try trainer.run { false }
      let events = try EventLog.read(run).filter { $0.split == "train" }
      #expect(events.map(\.step) == Array(1...50))
      for name in ["elbo", "distortion", "rate"] {
        let found = events.compactMap { $0.terms[name]?.value }
        let recorded = try #require(expected.tensors[name]).scalars(as: Double.self)
        #expect(found.count == 50)
        for (step, pair) in zip(found, recorded).enumerated() {
          // Sums in another order round by 1e-6; a wrong draw or formula shows at 1e-2.
          #expect(
            abs(pair.0 - pair.1) <= 2e-5 * max(abs(pair.1), 0.1), "\(name) \(step + 1) \(pair)")
        }
      }
    }
  }
}
