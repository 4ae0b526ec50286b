import CTorch
package import TorchRaw

/// A source of random numbers of its own, with a state that can be kept and restored.
///
/// Not `Sendable`: drawing changes it. On the CPU the numbers are those of PyTorch's generator with
/// the same seed. PyTorch: `torch.Generator`.
public final class Generator {
  package let handle: GeneratorHandle
  /// Where it draws.
  public let device: Device

  /// A generator that starts from `seed`; fails as operators do if the device has none.
  public init(seed: UInt64, device: Device = .cpu) {
    self.device = device
    var pointer: ct_generator?
    var message: ct_error?
    let status = ct_generator_make(
      device.kind.rawValue, Int32(device.index), seed, &pointer, &message)
    if status != CT_OK {
      let reason = takeMessage(message)
      TorchError(operation: "Generator", operands: ["\(device)"], reason: reason).raise()
      // Inside withTorchErrors the scope throws; a CPU generator stands in until it does.
      ct_generator_make(0, 0, seed, &pointer, &message)
    }
    guard let pointer else { preconditionFailure("no CPU generator: this is a bug in Torch") }
    handle = GeneratorHandle(owning: pointer)
  }

  /// The whole state as a byte tensor: a generator that takes it over draws the same numbers.
  public var state: Tensor {
    get {
      var result: ct_tensor?
      var message: ct_error?
      guard ct_generator_state(handle.pointer, &result, &message) == CT_OK, let result else {
        TorchError(operation: "Generator.state", operands: [], reason: takeMessage(message)).raise()
        return Tensor(.undefined)
      }
      return Tensor(TensorHandle(owning: result))
    }
    set {
      var message: ct_error?
      if ct_generator_set_state(handle.pointer, newValue.handle.pointer, &message) != CT_OK {
        let reason = takeMessage(message)
        TorchError(
          operation: "Generator.state", operands: [newValue.handle.summary], reason: reason
        )
        .raise()
      }
    }
  }

  package var argument: Argument { .generator(handle) }
}
