import Datasets
import LatentCore

extension Workload {
  /// Sprites drawn for a batch of 256.
  static let dataSprites = Workload(
    "data-sprites", "256 rendered sprites of 64×64 at random places of the grid", target: 2,
    work: .sprites(256), recipe: "vae", schema: sprites, batchSize: 256,
    examples: randomBits([1, 64, 64]))

  /// The file that MNIST is, decoded and given out.
  static let dataDigits = Workload(
    "data-digits", "60,000 digits of a compressed IDX file, decoded, in shuffled batches of 128",
    target: 2, work: .digits, recipe: "vae",
    schema: DatasetSchema(.greyImage, shape: [1, 28, 28], range: 0...1), batchSize: 128,
    absent: [
      "pytorch-compile": "there is nothing to compile", "jax": "JAX has no loader of its own",
    ], examples: smoothPictures([1, 28, 28]))

  /// Sixteen models of `mlp-vae`, 200 steps each.
  static let sweep = Workload(
    "sweep", "16 VAEs 784-400-20, 4 weights of the rate × 4 seeds, 200 steps of batch 128 each",
    target: 2, work: .sweep(betas: [1, 2, 4, 8], seeds: 4, steps: 200), recipe: "vae",
    settings: ["binarise": "none"],
    schema: DatasetSchema(.binaryImage, shape: [1, 28, 28], range: 0...1), batchSize: 128,
    absent: ["pytorch-compile": "each of sixteen processes would compile the model anew"],
    examples: randomBits([1, 28, 28]))
}
