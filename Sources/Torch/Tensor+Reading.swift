import CTorch
import TorchRaw

extension Tensor {
  /// The only element as a number; fails as operators do unless there is exactly one.
  public func item() -> Double {
    var value = Double.nan
    var message: ct_error?
    if ct_tensor_item(handle.pointer, &value, &message) != CT_OK {
      TorchError(
        operation: "item", operands: [handle.summary], reason: takeMessage(message)
      ).raise()
    }
    return value
  }

  /// The only element as an integer, exact beyond 2⁵³; fails as `item()` does.
  public func integerItem() -> Int {
    var value: Int64 = 0
    var message: ct_error?
    if ct_tensor_integer_item(handle.pointer, &value, &message) != CT_OK {
      TorchError(
        operation: "item", operands: [handle.summary], reason: takeMessage(message)
      ).raise()
    }
    return Int(value)
  }

  /// All elements in row-major order, converted to a Swift type.
  ///
  /// Converts as `to(_:)` does: a fraction is cut off towards zero for `Int`.
  public func scalars<Scalar: TensorScalar>(as type: Scalar.Type) -> [Scalar] {
    to(Scalar.dtype).withUnsafeBytes { Array($0.bindMemory(to: Scalar.self)) }
  }

  /// Runs `body` with the elements' bytes in row-major order, which must not leave the closure.
  ///
  /// Copies first if the tensor is on another device or not contiguous.
  public func withUnsafeBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    // A conjugate or an imaginary part may be a view with its sign still to be applied.
    let source = detached().to(Device.cpu).resolved.contiguous()
    var address: UnsafeMutableRawPointer?
    var message: ct_error?
    if ct_tensor_data(source.handle.pointer, &address, &message) != CT_OK {
      TorchError(
        operation: "withUnsafeBytes", operands: [handle.summary], reason: takeMessage(message)
      ).raise()
    }
    return try withExtendedLifetime(source) {
      try body(UnsafeRawBufferPointer(start: address, count: address == nil ? 0 : byteCount))
    }
  }

  /// Whether shape, type and every element agree. PyTorch: `torch.equal`.
  public func isEqual(to other: Tensor) -> Bool {
    dtype == other.dtype && callBool(.equal, argument, other.argument)
  }

  /// The same numbers with signs and conjugates applied in memory.
  var resolved: Tensor {
    guard ct_tensor_is_deferred(handle.pointer) else { return self }
    let conjugated = call(.resolveConj, argument)
    return Tensor(call(.resolveNeg, .tensor(conjugated)))
  }
}
