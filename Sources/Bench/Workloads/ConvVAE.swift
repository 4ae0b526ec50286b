import Datasets
import LatentCore

extension Workload {
  static let sprites = DatasetSchema(.binaryImage, shape: [1, 64, 64], range: 0...1)

  /// The network of the disentanglement literature on 64 × 64 pictures, trained by the ELBO.
  static let convVAE = Workload(
    "conv-vae", "VAE of 4 + 4 convolutions (Burgess et al.), 64×64, batch 128", target: 1.3,
    recipe: "beta-vae", settings: ["beta": 1, "binarise": "none"], schema: sprites, batchSize: 128,
    examples: randomBits([1, 64, 64]))

  /// The same network with the total correlation of its codes weighted up.
  static let betaTCVAE = Workload(
    "beta-tcvae", "β-TCVAE of 4 + 4 convolutions, 64×64, batch 64", target: 1.2,
    recipe: "beta-tcvae", settings: ["binarise": "none"], schema: sprites, batchSize: 64,
    examples: randomBits([1, 64, 64]))

  /// A thousand pictures drawn with the decoder of `convVAE`.
  static let sampling = Workload(
    "sampling", "1,000 pictures from the decoder of conv-vae", target: 1.1, work: .sampling(1000),
    recipe: "beta-vae", schema: sprites, batchSize: 1, examples: randomBits([1, 64, 64]))

  /// The first picture of a process.
  static let samplingStart = Workload(
    "sampling-start", "from the start of a process to its first picture from conv-vae", target: 5,
    work: .firstSample, recipe: "beta-vae", schema: sprites, batchSize: 1,
    examples: randomBits([1, 64, 64]))
}
