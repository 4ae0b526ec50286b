package import Torch
import TorchRaw

extension Tensor {
  /// A copy with memory of its own in row-major order, as fused updates need it.
  package func copiedToRows() -> Tensor { isContiguous ? cloned() : contiguous() }

  /// Overwrites the elements; only for parameters and buffers, inside `withoutGradients`.
  package func copyInPlace(from source: Tensor) {
    callInPlace(.copyInPlace, argument, source.argument)
  }
}
