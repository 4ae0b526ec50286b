import Datasets
import LatentCore
import LatentModels
import LatentNN
import Torch

/// Numbers of a line with a gap in the middle from which nothing was seen, for uncertainty that should rise there.
///
/// y = sin 2x + x/2 + ε, ε ~ N(0, 0.1²); x uniform over −3 … −1 and 1 … 3 to train, −3 … 3 to test.
struct GapRegression {
  /// The examples to learn from.
  let train: Batch
  /// The examples to test on: `count` over the whole line, most from the gap and its rims.
  let test: Batch

  /// Draws both sets.
  init(train trainCount: Int, test testCount: Int, using generator: Generator) {
    func batch(_ x: Tensor) -> Batch {
      let noise = Tensor.randn(x.shape, using: generator) * 0.1
      return Batch(
        examples: x, factors: sin(2 * x) + x / 2 + noise, indices: Array(0..<x.size(0)))
    }
    let place = Tensor.rand([trainCount, 1], using: generator) * 4 - 2
    train = batch(place + sign(place))
    test = batch(Tensor.rand([testCount, 1], using: generator) * 6 - 3)
  }

  /// A regressor of 50 and 50 units with a Bayesian or a usual last layer, its first weights from `generator`.
  static func regressor(isBayesian: Bool, using generator: Generator) -> Regressor {
    let encoder = denseEncoder(1, hidden: [50, 50], activation: .tanh, using: generator)
    let head: any RegressionHead =
      isBayesian
      ? BayesianRegressionHead(
        GaussianWeights(50, 1, covariance: .dense, priorVariance: 1, using: generator))
      : PointRegressionHead(50, 1, using: generator)
    return Regressor(
      encoder: encoder, head: head, targets: ["y"], codeSize: 50, standardising: 1)
  }
}
