import Datasets
import LatentCore

extension Workload {
  /// A diffusion model of digits: U-Net of 32, 64 and 64 channels at 28, 14 and 7 pixels, attention at the smallest.
  static let ddpm = Workload(
    "ddpm", "diffusion model, U-Net of 32-64-64 channels, 28×28, batch 64", target: 1.15,
    recipe: "diffusion", schema: DatasetSchema(.greyImage, shape: [1, 28, 28], range: 0...1),
    batchSize: 64, examples: smoothPictures([1, 28, 28]))
}
