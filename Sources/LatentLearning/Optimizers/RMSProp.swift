import TorchRaw

/// Steps by the gradient over its root mean square.
///
/// v ← α v + (1 − α) g², d = g / (√v + ε), w ← w − η d; `centered` subtracts the squared mean of g from v; with
/// momentum b ← μ b + d and w ← w − η b; g + decay · w stands for g. **Source**: Tieleman and Hinton 2012,
/// lecture 6.5; Graves 2013, arXiv:1308.0850 (centered). PyTorch: `optim.RMSprop`.
public struct RMSProp: UpdateRule, Hashable, Codable {
  /// α, the memory of the mean square.
  public var alpha: Double
  /// ε, added to the root.
  public var epsilon: Double
  /// μ, the memory of the step.
  public var momentum: Double
  /// Whether the variance stands for the mean square.
  public var centered: Bool
  /// The L2 penalty's factor.
  public var weightDecay: Double

  /// RMSProp with PyTorch's constants.
  public init(
    alpha: Double = 0.99, epsilon: Double = 1e-8, momentum: Double = 0, centered: Bool = false,
    weightDecay: Double = 0
  ) {
    self.alpha = alpha
    self.epsilon = epsilon
    self.momentum = momentum
    self.centered = centered
    self.weightDecay = weightDecay
  }

  /// v, and as needed the mean of g and b.
  public var slots: [String] {
    ["meanSquare"] + (centered ? ["mean"] : []) + (momentum > 0 ? ["momentum"] : [])
  }

  /// One step in five to eight calls for all parameters.
  public func update(_ batch: UpdateBatch) {
    let gradients = batch.decayedGradients(weightDecay)
    let g = Argument.handles(gradients)
    let squares = batch["meanSquare"]
    forEachInPlace(.foreachMulScalarInPlace, squares, .double(alpha))
    forEachInPlace(.foreachAddcmulInPlace, squares, g, g, .double(1 - alpha))
    var root = squares
    if centered {
      let means = batch["mean"]
      forEachInPlace(.foreachLerpScalarInPlace, means, g, .double(1 - alpha))
      root = forEach(.foreachAddcmulScalar, squares, .handles(means), .handles(means), -1.0)
    }
    root = forEach(.foreachSqrt, root)
    forEachInPlace(.foreachAddScalarInPlace, root, .double(epsilon))
    guard momentum > 0 else {
      forEachInPlace(
        .foreachAddcdivInPlace, batch.parameters, g, .handles(root), .double(-batch.learningRate))
      return
    }
    let steps = batch["momentum"]
    forEachInPlace(.foreachMulScalarInPlace, steps, .double(momentum))
    forEachInPlace(.foreachAddcdivInPlace, steps, g, .handles(root), 1.0)
    forEachInPlace(
      .foreachAddInPlace, batch.parameters, .handles(steps), .double(-batch.learningRate))
  }
}
