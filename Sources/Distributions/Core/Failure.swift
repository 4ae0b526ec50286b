import Torch
import TorchRaw

/// Fails as operators do: stops the process with one sentence, or records it for the innermost
/// `withTorchErrors` and leaves the undefined tensor.
@discardableResult
func fail(_ operation: String, _ operands: [Tensor], _ reason: String) -> Tensor {
  TorchError(operation: operation, operands: operands.map(\.handle.summary), reason: reason)
    .raise()
  return Tensor(.undefined)
}
