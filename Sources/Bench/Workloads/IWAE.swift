import Datasets
import LatentCore

extension Workload {
  /// Fifty draws of the code an example, through two hidden layers of 200 units.
  static let iwae = Workload(
    "iwae", "IWAE, 50 draws, 784-200-200-50, batch 20", target: 1.2, recipe: "iwae",
    settings: ["draws": 50, "hidden": [200, 200], "latent": 50, "binarise": "none"],
    schema: DatasetSchema(.binaryImage, shape: [1, 28, 28], range: 0...1), batchSize: 20,
    examples: randomBits([1, 28, 28]))
}
