import TorchRaw

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Adam with the largest gradient of late in place of the root mean square.
///
/// m ← β₁ m + (1 − β₁) g, u ← max(β₂ u, |g| + ε), w ← w − η / (1 − β₁ᵗ) · m / u, with g + decay · w for g.
/// **Source**: Kingma and Ba 2014, arXiv:1412.6980, algorithm 2, with PyTorch's ε. PyTorch: `optim.Adamax`.
public struct Adamax: UpdateRule, Hashable, Codable {
  /// β₁, the memory of the mean.
  public var beta1: Double
  /// β₂, the memory of the largest gradient.
  public var beta2: Double
  /// ε, added to the gradient's size.
  public var epsilon: Double
  /// The L2 penalty's factor.
  public var weightDecay: Double

  /// Adamax with PyTorch's constants; its rate there is 2e-3.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// m and u.
  public var slots: [String] { ["mean", "largest"] }

  /// One step in six calls for all parameters.
  public func update(_ batch: UpdateBatch) {
    let gradients = batch.decayedGradients(weightDecay)
    let (means, largest) = (batch["mean"], batch["largest"])
    forEachInPlace(.foreachLerpScalarInPlace, means, .handles(gradients), .double(1 - beta1))
    let sizes = forEach(.foreachAbs, gradients)
    forEachInPlace(.foreachAddScalarInPlace, sizes, .double(epsilon))
    forEachInPlace(.foreachMulScalarInPlace, largest, .double(beta2))
    forEachInPlace(.foreachMaximumInPlace, largest, .handles(sizes))
    let rate = batch.learningRate / (1 - pow(beta1, Double(batch.step)))
    forEachInPlace(
      .foreachAddcdivInPlace, batch.parameters, .handles(means), .handles(largest), .double(-rate))
  }
}
