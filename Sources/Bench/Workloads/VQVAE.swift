import Datasets
import LatentCore

extension Workload {
  /// The autoencoder's half of a VQ-VAE with moving averages for a codebook; its prior learns later.
  static let vqVAE = Workload(
    "vq-vae", "VQ-VAE, 512 codes, 32×32×3, batch 64", target: 1.2, recipe: "vq-vae",
    settings: [
      "entries": 512, "k-means": false, "restart-below": 0, "autoencoder-steps": 1_000_000,
    ],
    schema: DatasetSchema(.colourImage, shape: [3, 32, 32], range: 0...1), batchSize: 64,
    examples: smoothPictures([3, 32, 32]))
}
