import Distributions
import LatentCore
import Torch

/// Independent normal coordinates of each latent series beside a Gaussian prior over them.
///
/// Codes are series z `[B, K, T]`, a linear image of the coordinates u `[B, K, F]`: waves in the Fourier domain, the values
/// themselves in the time domain. Rates and ratios of densities are those of the coordinates.
struct GaussianProcessPosterior: WeighablePosterior {
  /// q(u|x), of batch shape `[B, K, F]`.
  let coordinates: Normal
  /// KL(q(u|x) ‖ p(u)) in nats, `[B, …]`.
  let rate: Tensor
  /// log p(u) in nats of coordinates `[…, K, F]`: `[…]`.
  let logPrior: (Tensor) -> Tensor
  /// Coordinates to series, `[…, K, F]` → `[…, K, T]`.
  let series: (Tensor) -> Tensor

  /// The series of the mean.
  var representative: Tensor { series(coordinates.mean) }

  func draw(using generator: Generator) -> LatentDraw {
    let drawn = coordinates.sample([], using: generator)
    return LatentDraw(
      codes: series(drawn), rates: [LatentRate(value: rate.flattened(from: 1), isExact: true)])
  }

  func draws(
    _ count: Int, stoppingDensity: Bool, using generator: Generator
  ) -> WeightedDraws {
    let drawn = coordinates.sample([count], using: generator)
    let density = stoppingDensity ? coordinates.detached() : coordinates
    let posterior = density.logProbability(drawn).sum(dims: [-1, -2])
    return WeightedDraws(
      codes: series(drawn), logRatio: logPrior(drawn) - posterior,
      learnedLogPrior: stoppingDensity ? logPrior(drawn.detached()) : nil)
  }
}
