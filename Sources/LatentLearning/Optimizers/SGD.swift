import LatentNN
import TorchRaw

/// Steps against the gradient, with momentum if wanted.
///
/// b ← μ b + (1 − dampening) g (b ← g in the first step) and w ← w − η b, with Nesterov w ← w − η (g + μ b);
/// g + decay · w stands for g. **Source**: Sutskever et al. 2013 (momentum, in the form without the rate inside).
/// PyTorch: `optim.SGD`, whose fused kernel this is.
public struct SGD: UpdateRule, Hashable, Codable {
  /// μ, the memory of the step.
  public var momentum: Double
  /// The part of the gradient that is kept out of the memory.
  public var dampening: Double
  /// Whether the gradient is taken ahead of the step; needs momentum and no dampening.
  public var nesterov: Bool
  /// The L2 penalty's factor.
  public var weightDecay: Double

  /// Plain descent unless more is asked for.
  public init(
    momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false, weightDecay: Double = 0
  ) {
    require(
      !nesterov || (momentum > 0 && dampening == 0), "SGD",
      "momentum is \(momentum) and dampening \(dampening), expected some and none with nesterov")
    self.momentum = momentum
    self.dampening = dampening
    self.nesterov = nesterov
    self.weightDecay = weightDecay
  }

  /// b, if there is momentum.
  public var slots: [String] { momentum == 0 ? [] : ["momentum"] }

  /// One step of all parameters in one call.
  public func update(_ batch: UpdateBatch) {
    forEachInPlace(
      .fusedSGDInPlace, batch.parameters, .handles(batch.gradients), .handles(batch["momentum"]),
      .double(weightDecay), .double(momentum), .double(batch.learningRate), .double(dampening),
      .bool(nesterov), false, .bool(batch.step == 1))
  }
}
