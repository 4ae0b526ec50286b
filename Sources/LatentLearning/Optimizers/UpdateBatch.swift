import LatentNN
public import Torch
import TorchRaw

/// Parameters that take a step together: one element type, one device, one count of steps, one rule.
public struct UpdateBatch {
  /// The current values.
  public let parameters: [Tensor]
  /// Their gradients, with the same memory layout.
  public let gradients: [Tensor]
  /// The rate of this step.
  public let learningRate: Double
  /// The number of this step for these parameters, 1 at first.
  public let step: Int
  /// The means of gradient times noise of a `SamplingRule`, in the order of the parameters; empty for others.
  public let noiseProducts: [Tensor]

  private let slots: [String: [Tensor]]

  init(
    parameters: [Tensor], gradients: [Tensor], slots: [String: [Tensor]], learningRate: Double,
    step: Int, noiseProducts: [Tensor] = []
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.slots = slots
    self.learningRate = learningRate
    self.step = step
    self.noiseProducts = noiseProducts
  }

  /// The tensors that the rule keeps under `slot`, in the order of the parameters.
  public subscript(slot: String) -> [Tensor] { slots[slot] ?? [] }

  /// Gives the parameters new values, for rules written with plain arithmetic.
  public func write(_ values: [Tensor]) { copy(values, to: parameters) }

  /// Gives the tensors of `slot` new values.
  public func write(_ values: [Tensor], to slot: String) { copy(values, to: self[slot]) }

  private func copy(_ values: [Tensor], to tensors: [Tensor]) {
    require(
      values.count == tensors.count, "UpdateBatch.write",
      "the rule gives \(values.count) tensors, expected \(tensors.count)")
    forEachInPlace(.foreachCopyInPlace, tensors, .handles(values))
  }

  /// The gradients with `decay` times the parameters added, an L2 penalty.
  func decayedGradients(_ decay: Double) -> [Tensor] {
    if decay == 0 { return gradients }
    return forEach(.foreachAdd, gradients, .handles(parameters), .double(decay))
  }

  /// The rate as LibTorch's fused kernels take it: on graphics processors a float32, so that a step has the same rate whether it comes as
  /// a number or, in a recorded step, in memory.
  var fusedRate: Double {
    parameters[0].device == .cpu ? learningRate : Double(Float(learningRate))
  }

  /// The count of steps once for each parameter, as the fused kernels read it.
  var stepTensors: [Tensor] {
    let step = Tensor(Double(step), dtype: .float32).to(parameters[0].device)
    return [Tensor](repeating: step, count: parameters.count)
  }
}
