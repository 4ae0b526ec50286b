import Datasets
import LatentCore

extension Workload {
  /// The digits' VAE: 784-400-20, dense layers, binary pixels.
  static func mlpVAE(batchSize: Int, target: Double) -> Workload {
    Workload(
      "mlp-vae-\(batchSize)", "VAE of dense layers, 784-400-20, batch \(batchSize)",
      target: target, recipe: "vae", settings: ["binarise": "none"],
      schema: DatasetSchema(.binaryImage, shape: [1, 28, 28], range: 0...1), batchSize: batchSize,
      examples: randomBits([1, 28, 28]))
  }
}
