import CTorch
import TorchRaw

extension Tensor {
  /// Elements of no particular value, for those who write all of them at once.
  package static func empty(
    _ shape: [Int], dtype: DType = .float32, device: Device = .current
  ) -> Tensor {
    Tensor(call(.empty, .ints(shape), dtype.argument, nil, device.argument))
  }

  /// The memory of a contiguous CPU tensor, for those who keep the tensor while they write to it; nil if it has none.
  package var memory: UnsafeMutableRawBufferPointer? {
    var address: UnsafeMutableRawPointer?
    var message: ct_error?
    guard ct_tensor_data(handle.pointer, &address, &message) == CT_OK else {
      _ = takeMessage(message)
      return nil
    }
    return UnsafeMutableRawBufferPointer(start: address, count: byteCount)
  }

  /// A CPU tensor whose bytes `fill` writes, all of them, in row-major order.
  ///
  /// `code` is LibTorch's number of the element type, which may be one that `DType` lacks, for a
  /// tensor that is converted at once.
  package static func filled(
    _ shape: [Int], storedAs code: Int32,
    _ fill: (UnsafeMutableRawBufferPointer) throws -> Void
  ) throws -> Tensor {
    let cpu = Device.cpu.argument
    let tensor = try withTorchErrors {
      Tensor(call(.empty, .ints(shape), .int(Int(code)), nil, cpu))
    }
    var address: UnsafeMutableRawPointer?
    var message: ct_error?
    guard ct_tensor_data(tensor.handle.pointer, &address, &message) == CT_OK else {
      throw TorchError(
        operation: "empty", operands: ["\(shape)"], reason: takeMessage(message))
    }
    let buffer = UnsafeMutableRawBufferPointer(start: address, count: tensor.byteCount)
    try withExtendedLifetime(tensor) {
      try fill(buffer)
      // Any other byte would be a truth value that is neither true nor false.
      guard code == DType.bool.rawValue else { return }
      for i in buffer.indices where buffer[i] > 1 { buffer[i] = 1 }
    }
    return tensor
  }
}
