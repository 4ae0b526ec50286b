import CTorch
import TorchRaw

/// The constants of one step of Adam.
package struct AdamStep {
  var constants: ct_adam_step

  /// The step with this `number`, 1 at first; with `isDecoupled` the decay is AdamW's.
  package init(
    learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double,
    isDecoupled: Bool, number: Int
  ) {
    constants = ct_adam_step(
      learning_rate: learningRate, beta1: beta1, beta2: beta2, weight_decay: weightDecay,
      epsilon: epsilon, step: Int64(number), is_decoupled: isDecoupled)
  }
}

/// A step of Adam in one pass over all numbers; false, and nothing changed, unless all tensors are contiguous float32 on the CPU.
///
/// Means and mean squares that decay below the smallest normal number, 1.2e-38, become 0: processors take a hundred times as long for
/// what lies below, and the weights of a unit without a gradient get there within 900 steps.
package func adamInPlace(
  _ values: [Tensor], gradients: [Tensor], means: [Tensor], squares: [Tensor], _ step: AdamStep
) -> Bool {
  func handles(_ tensors: [Tensor]) -> [ct_tensor?] { tensors.map { $0.handle.pointer } }
  var isDone = false
  var constants = step.constants
  var message: ct_error?
  let status = withExtendedLifetime((values, gradients, means, squares)) {
    ct_adam(
      handles(values), handles(gradients), handles(means), handles(squares), values.count,
      &constants, &isDone, &message)
  }
  if status != CT_OK {
    TorchError(
      operation: "Adam", operands: values.map(\.handle.summary), reason: takeMessage(message)
    ).raise()
  }
  return isDone
}
