import CTorch
import TorchRaw

extension Tensor {
  /// The same numbers in another type; the tensor itself if it already has it. PyTorch: `to`.
  public func to(_ dtype: DType) -> Tensor {
    ct_tensor_dtype(handle.pointer) == dtype.rawValue
      ? self : Tensor(call(.toDtype, argument, dtype.argument))
  }

  /// The same numbers on another device; the tensor itself if it is already there. PyTorch: `to`.
  public func to(_ device: Device) -> Tensor {
    guard self.device != device, isDefined else { return self }
    return Tensor(
      call(.toDevice, argument, device.argument, .int(Int(ct_tensor_dtype(handle.pointer)))))
  }

  /// The same numbers without the history of their making. PyTorch: `detach`.
  public func detached() -> Tensor { Tensor(call(.detach, argument)) }

  /// A tensor with memory of its own, differentiable. PyTorch: `clone`.
  public func cloned() -> Tensor { Tensor(call(.clone, argument)) }

  /// The same numbers in row-major order without gaps; itself if they are. PyTorch: `contiguous`.
  public func contiguous() -> Tensor {
    isContiguous ? self : Tensor(call(.contiguous, argument))
  }
}
