import Torch
import TorchRaw

/// Steps of about one learning rate by the ratio of the gradient's mean to its root mean square.
///
/// m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², w ← w − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε), with
/// g + decay · w for g. With `amsgrad` the largest v so far stands in the root. **Source**: Kingma and Ba
/// 2014, arXiv:1412.6980, algorithm 1; Reddi et al. 2019, arXiv:1904.09237 (AMSGrad). PyTorch:
/// `optim.Adam`, whose fused kernel this is but for float32 on the CPU, where numbers below 1.2e-38 count as 0.
public struct Adam: RecordableRule, Hashable, Codable {
  /// β₁, the memory of the mean.
  public var beta1: Double
  /// β₂, the memory of the mean square.
  public var beta2: Double
  /// ε, added to the root.
  public var epsilon: Double
  /// The L2 penalty's factor; `AdamW` keeps it out of m and v.
  public var weightDecay: Double
  /// Whether the mean square may not fall.
  public var amsgrad: Bool

  /// Adam with PyTorch's constants.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0,
    amsgrad: Bool = false
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.amsgrad = amsgrad
  }

  /// m, v, and the largest v.
  public var slots: [String] { adamSlots(amsgrad) }

  /// One step of all parameters in one call.
  public func update(_ batch: UpdateBatch) {
    updateFused(batch, self, isDecoupled: false)
  }

  package func update(_ batch: UpdateBatch, with numbers: UpdateNumbers) {
    updateFused(batch, self, isDecoupled: false, with: numbers)
  }
}

/// Adam with a weight decay of its own: w ← w − η · decay · w before Adam's step.
///
/// **Source**: Loshchilov and Hutter 2017, arXiv:1711.05101, algorithm 2. PyTorch: `optim.AdamW`, whose fused
/// kernel this is.
public struct AdamW: RecordableRule, Hashable, Codable {
  private var constants: Adam

  /// AdamW with PyTorch's constants.
  ///
  /// - Parameters:
  ///   - beta1: β₁, the memory of the mean.
  ///   - beta2: β₂, the memory of the mean square.
  ///   - epsilon: ε, added to the root.
  ///   - weightDecay: the part of the weights that a step of rate 1 takes away.
  ///   - amsgrad: whether the mean square may not fall.
  public init(
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01, amsgrad: Bool = false
  ) {
    constants = Adam(
      beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay, amsgrad: amsgrad)
  }

  /// m, v, and the largest v.
  public var slots: [String] { constants.slots }

  /// One step of all parameters in one call.
  public func update(_ batch: UpdateBatch) {
    updateFused(batch, constants, isDecoupled: true)
  }

  package func update(_ batch: UpdateBatch, with numbers: UpdateNumbers) {
    updateFused(batch, constants, isDecoupled: true, with: numbers)
  }
}

private let mean = "mean"
private let meanSquare = "meanSquare"
private let largest = "largestMeanSquare"

private func adamSlots(_ amsgrad: Bool) -> [String] {
  amsgrad ? [mean, meanSquare, largest] : [mean, meanSquare]
}

private func updateFused(_ batch: UpdateBatch, _ constants: Adam, isDecoupled: Bool) {
  let isDone =
    !constants.amsgrad
    && adamInPlace(
      batch.parameters, gradients: batch.gradients, means: batch[mean], squares: batch[meanSquare],
      AdamStep(
        learningRate: batch.learningRate, beta1: constants.beta1, beta2: constants.beta2,
        epsilon: constants.epsilon, weightDecay: constants.weightDecay,
        isDecoupled: isDecoupled, number: batch.step))
  if isDone { return }
  forEachInPlace(
    isDecoupled ? .fusedAdamWInPlace : .fusedAdamInPlace, batch.parameters,
    .handles(batch.gradients), .handles(batch[mean]),
    .handles(batch[meanSquare]), .handles(batch[largest]), .handles(batch.stepTensors),
    .double(batch.fusedRate), .double(constants.beta1), .double(constants.beta2),
    .double(constants.weightDecay), .double(constants.epsilon), .bool(constants.amsgrad), false)
}

private func updateFused(
  _ batch: UpdateBatch, _ constants: Adam, isDecoupled: Bool, with numbers: UpdateNumbers
) {
  forEachInPlace(
    isDecoupled ? .fusedAdamWTensorRateInPlace : .fusedAdamTensorRateInPlace, batch.parameters,
    .handles(batch.gradients), .handles(batch[mean]), .handles(batch[meanSquare]),
    .handles(batch[largest]),
    .handles([Tensor](repeating: numbers.step, count: batch.parameters.count)),
    numbers.rate.argument, .double(constants.beta1), .double(constants.beta2),
    .double(constants.weightDecay), .double(constants.epsilon), .bool(constants.amsgrad), false,
    nil, numbers.isSkipped.argument)
}
