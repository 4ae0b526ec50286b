import LatentLearning
import Torch

/// The mean and the total variance of an estimator of the encoder's gradient.
struct GradientMoments {
  /// The mean over the draws, all parameters in one row.
  let mean: Tensor
  /// Σ over the parameters of the variance over the draws, with n − 1.
  let variance: Double

  /// From `draws` independent estimates for the same examples; at least two.
  init(
    _ estimator: GradientEstimator, of model: LinearGaussianVAE, on examples: Tensor, draws: Int,
    using generator: Generator
  ) {
    precondition(draws > 1, "the variance of \(draws) draws")
    let rows = (0..<draws).map { _ in
      let gradients = valueAndGradient(of: model.bottleneck) { _ in
        estimator.loss(model, examples, using: generator)
      }.gradients
      return concatenated(gradients.entries.map { $0.gradient.flattened() })
    }
    let table = stacked(rows)
    mean = table.mean(dim: 0)
    variance = (squared(table - mean).sum() / Double(draws - 1)).item()
  }
}
