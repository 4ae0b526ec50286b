import TorchRaw

/// Steps of exactly one learning rate in every coordinate, by the sign of a momentum.
///
/// c = β₁ m + (1 − β₁) g, w ← w − η (sign c + decay · w), m ← β₂ m + (1 − β₂) g. One tensor is kept for each
/// parameter, half of Adam's. The authors advise a rate of a third to a tenth of Adam's and a decay as much
/// larger. **Source**: Chen et al. 2023, arXiv:2302.06675, algorithm 2.
public struct Lion: UpdateRule, Hashable, Codable {
  /// β₁, the share of the momentum in the step.
  public var beta1: Double
  /// β₂, the memory of the momentum.
  public var beta2: Double
  /// The part of the weights that a step of rate 1 takes away.
  public var weightDecay: Double

  /// Lion with the paper's constants; its rate there is 1e-4.
  public init(beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.weightDecay = weightDecay
  }

  /// m.
  public var slots: [String] { ["momentum"] }

  /// One step in four or five calls for all parameters.
  public func update(_ batch: UpdateBatch) {
    let g = Argument.handles(batch.gradients)
    let momenta = batch["momentum"]
    let steps = forEach(.foreachLerpScalar, momenta, g, .double(1 - beta1))
    forEachInPlace(.foreachSignInPlace, steps)
    if weightDecay != 0 {
      let kept = 1 - batch.learningRate * weightDecay
      forEachInPlace(.foreachMulScalarInPlace, batch.parameters, .double(kept))
    }
    forEachInPlace(
      .foreachAddInPlace, batch.parameters, .handles(steps), .double(-batch.learningRate))
    forEachInPlace(.foreachLerpScalarInPlace, momenta, g, .double(1 - beta2))
  }
}
