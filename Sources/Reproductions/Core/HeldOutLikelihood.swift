import LatentCore
import Torch

extension Autoencoder {
  /// log p(x) of each example by importance sampling with `draws` codes, in nats, `[n]`.
  ///
  /// The examples are already what the likelihood sees. Draws go through the decoder in parts of at most
  /// `rows` codes, so that memory does not grow with them. **Source**: Burda et al. 2016, arXiv 1509.00519,
  /// section 5.
  func importanceSampledLogLikelihood(
    _ targets: Tensor, draws: Int, rows: Int = 20_000, using generator: Generator
  ) -> Tensor {
    withoutGradients {
      let part = max(1, min(draws, rows / max(1, targets.size(0))))
      var total: Tensor?
      for start in stride(from: 0, to: draws, by: part) {
        let count = min(part, draws - start)
        let sum = logWeights(targets, draws: count, using: generator).values.logSumExp(dim: 0)
        total = total.map { logAddExp($0, sum) } ?? sum
      }
      return (total ?? Tensor(0)) - log(Tensor(Double(draws), dtype: .float64)).item()
    }
  }

  /// The number of code dimensions whose representative varies over the examples: variance above 0.01.
  ///
  /// **Source**: Burda et al. 2016, section 5.2.
  func activeUnits(_ examples: Tensor) -> Int {
    withoutGradients {
      let variances = posterior(of: examples).representative.variance(dims: [0])
      return (variances .> 0.01).to(.int64).sum().integerItem()
    }
  }
}
