import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// Bayesian linear regression whose posterior is known beside a last layer that is fitted by gradients.
///
/// S = (ΦᵀΦ/σ² + I/v)⁻¹ and m = S Φᵀy/σ² for features Φ, noise σ² and prior variance v. **Source**: Bishop 2006,
/// equations 3.53 and 3.54.
struct ClosedFormRegression {
  let features: Tensor
  let targets: Tensor
  let noiseVariance = 0.25
  let priorVariance = 2.0

  /// Features and targets of a random linear law, float64.
  init(count: Int, size: Int, using generator: Generator) {
    features = Tensor.randn([count, size], using: generator, dtype: .float64)
    let weights = Tensor.randn([size, 1], using: generator, dtype: .float64)
    let noise = Tensor.randn([count, 1], using: generator, dtype: .float64)
    targets = matmul(features, weights) + noise * noiseVariance.squareRoot()
  }

  /// The posterior's mean `[1, d]` and covariance `[1, d, d]`.
  var posterior: (mean: Tensor, covariance: Tensor) {
    let identity = Tensor.eye(features.size(1), dtype: .float64)
    let gram = matmul(features.transposed(), features)
    let covariance = LinearAlgebra.inverse(gram / noiseVariance + identity / priorVariance)
    let mean = matmul(covariance, matmul(features.transposed(), targets)) / noiseVariance
    return (mean.transposed(), covariance.unsqueezed(dim: 0))
  }

  /// The largest difference of means, and of covariances over the largest covariance, after `steps` steps of Adam.
  func errors(steps: Int, using generator: Generator) -> (mean: Double, covariance: Double) {
    let weights = GaussianWeights(
      features.size(1), 1, covariance: .dense, priorVariance: priorVariance, using: generator)
    let head = BayesianRegressionHead(weights, noiseVariance: noiseVariance, noisePrior: nil)
    head.to(.float64)
    let optimizer = Optimizer(
      Adam(), for: head, learningRate: .cosine(from: 3e-2, to: 0, steps: steps))
    for _ in 0..<steps {
      let gradients = valueAndGradient(of: head) { head in
        let likelihood = head.expectedLogLikelihood(features, targets).sum()
        return (head.divergence ?? Tensor(0)) - likelihood
      }.gradients
      optimizer.update(with: gradients)
    }
    let (mean, covariance) = posterior
    return withoutGradients {
      (
        abs(weights.mean.value - mean).max().item(),
        abs(weights.covariance - covariance).max().item() / abs(covariance).max().item()
      )
    }
  }
}
