import LatentLearning
import LatentNN
import Torch

/// A model whose loss over all data is known without sampling: the noise is integrated out.
protocol ExactlyTrained: Module {
  /// The loss in nats, mean over the examples.
  func loss() -> Tensor
}

extension ExactlyTrained {
  /// Adam on all data at once, its rate falling to zero.
  func train(_ trial: Trial, steps: Int) throws {
    let optimizer = Optimizer(
      Adam(), for: self, learningRate: .cosine(from: 2e-2, to: 0, steps: steps))
    for _ in 0..<steps {
      try trial.checkBudget()
      optimizer.update(with: valueAndGradient(of: self) { $0.loss() }.gradients)
    }
  }
}

/// p(y|z, x) = N(U₁z + U₂x, η² I), q(z|x, y) = N(W₁x + W₂y, diag s), p(z) = N(0, I).
final class LinearConditionalVAE: Module, ExactlyTrained {
  let u1: Parameter
  let u2: Parameter
  let w1: Parameter
  let w2: Parameter
  let logVariance: Parameter
  private let inputs: Tensor
  private let outputs: Tensor
  private let noise: Double
  private let beta: Double

  init(
    inputs: Tensor, outputs: Tensor, latent: Int, noise: Double, beta: Double,
    using generator: Generator
  ) {
    func draw(_ rows: Int, _ columns: Int) -> Parameter {
      Parameter(0.3 * Tensor.randn([rows, columns], using: generator, dtype: .float64))
    }
    let (c, d) = (inputs.size(1), outputs.size(1))
    (u1, u2, w1, w2) = (draw(d, latent), draw(d, c), draw(latent, c), draw(latent, d))
    logVariance = Parameter(Tensor.zeros([latent], dtype: .float64))
    (self.inputs, self.outputs, self.noise, self.beta) = (inputs, outputs, noise, beta)
  }

  /// E q(z|x, y) of every example, `[n, latent]`.
  var means: Tensor {
    linear(inputs, weight: w1.value) + linear(outputs, weight: w2.value)
  }

  func loss() -> Tensor {
    let (means, variance) = (means, exp(logVariance.value))
    let predicted = linear(means, weight: u1.value) + linear(inputs, weight: u2.value)
    let error = squared(outputs - predicted).sum(dim: 1).mean()
    let spread = (squared(u1.value).sum(dim: 0) * variance).sum()
    let rate = squared(means).sum(dim: 1).mean() + (variance - logVariance.value - 1).sum()
    return (error + spread) / (2 * noise) + 0.5 * beta * rate
  }
}

/// The two-level model of `LinearCollapse.Hierarchy`, its second variance learned or fixed.
final class LinearHierarchicalVAE: Module, ExactlyTrained {
  let u1: Parameter
  let u2: Parameter
  let w1: Parameter
  let w2: Parameter
  let logVariance: Parameter?
  private let data: Tensor
  private let law: LinearCollapse.Hierarchy

  init(data: Tensor, latent: Int, law: LinearCollapse.Hierarchy, using generator: Generator) {
    func draw(_ rows: Int, _ columns: Int) -> Parameter {
      Parameter(0.3 * Tensor.randn([rows, columns], using: generator, dtype: .float64))
    }
    let d = data.size(1)
    (u1, w1) = (draw(d, latent), draw(latent, d))
    (u2, w2) = (draw(latent, latent), draw(latent, latent))
    logVariance = law.upper == nil ? Parameter(Tensor.zeros([latent], dtype: .float64)) : nil
    (self.data, self.law) = (data, law)
  }

  /// E q(z₂|x) of every example, `[n, latent]`.
  var topMeans: Tensor { linear(linear(data, weight: w1.value), weight: w2.value) }

  func loss() -> Tensor {
    let latent = w2.value.size(0)
    let fixed = log(Tensor.full([latent], law.upper ?? 1, dtype: .float64))
    let logs = logVariance?.value ?? fixed
    let variance = exp(logs)
    let (w2, u2) = (w2.value, u2.value)
    let lower = linear(data, weight: w1.value)
    let error = squared(data - linear(lower, weight: u1.value)).sum(dim: 1).mean()
    let distortion = (error + law.lower * squared(u1.value).sum()) / (2 * law.noise)
    // What is left of z₁ behind U₂W₂, for its mean and for its noise.
    let rest = Tensor.eye(latent, dtype: .float64) - matmul(u2, w2)
    let mismatch =
      squared(linear(lower, weight: rest)).sum(dim: 1).mean() + law.lower * squared(rest).sum()
    let echo = (squared(u2).sum(dim: 0) * variance).sum()
    let rate = (mismatch + echo) / (2 * law.middle)
    let top = squared(linear(lower, weight: w2)).sum(dim: 1).mean() + law.lower * squared(w2).sum()
    let topRate = 0.5 * (top + (variance - logs - 1).sum())
    return distortion + law.beta1 * rate + law.beta2 * topRate
  }
}
