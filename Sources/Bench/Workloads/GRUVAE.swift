import Datasets
import LatentCore
import Torch

extension Workload {
  /// A series of 64 places read and written by recurrent layers.
  static let gruVAE = Workload(
    "gru-vae", "VAE of series by GRUs of 128 units, length 64, batch 64", target: 1.2,
    recipe: "gru-vae", settings: ["hidden": 128, "latent": 16],
    schema: DatasetSchema(.series, shape: [8, 64]), batchSize: 64
  ) { count, generator in
    let steps = Tensor.randn([count, 8, 64], using: generator)
    return 0.3 * steps.cumulativeSum(dim: 2)
  }
}
