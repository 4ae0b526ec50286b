import Datasets
import LatentCore
import LatentModels
import LatentNN
import Torch

/// A batch on its way through a dense autoencoder of three-pixel pictures, in float64.
enum SmallPass {
  /// A network of four hidden units and `latent` code dimensions with a Gaussian bottleneck.
  static func network(latent: Int = 2, seed: UInt64 = 1) -> Autoencoder {
    denseVAE(
      exampleShape: [1, 3], hidden: [4], latent: latent,
      likelihood: BernoulliLikelihood(binarisation: .none), using: Generator(seed: seed)
    ).to(.float64)
  }

  /// `count` pictures of ones and zeros.
  static func examples(_ count: Int, seed: UInt64 = 2) -> Tensor {
    let half = Tensor.full([count, 1, 3], 0.5, dtype: .float64)
    return Tensor.bernoulli(half, using: Generator(seed: seed))
  }

  /// The batch with its noise fixed by seed, at this step of training.
  static func pass(
    _ network: Autoencoder, _ examples: Tensor, index: Int = 0, exampleCount: Int? = nil,
    rateWeight: Double = 1, seed: UInt64 = 3
  ) -> Pass {
    let count = examples.size(0)
    var step = Step(
      index: index, epoch: 0, exampleCount: exampleCount ?? count, generator: Generator(seed: seed))
    step.rateWeight = rateWeight
    return Pass(network, Batch(examples: examples, indices: Array(0..<count)), step)
  }
}

extension Terms {
  /// The value of the term of this name; not a number if there is none.
  func value(_ name: String) -> Double { self[name]?.value.item() ?? .nan }
}
