public import Torch

/// The sum of a tensor over the processes, under way.
public protocol TensorSum {
  /// Lets it go on if it can, without waiting.
  func advance()
  /// The sum, on the tensor's device; what is computed with it waits for it, and the thread only where it has to.
  func wait() -> Tensor
}

extension ProcessGroup {
  /// Begins a sum in the CPU's memory: of the tensor itself if it is there, otherwise of a copy.
  public func beginSum(_ tensor: Tensor) -> any TensorSum {
    let here = tensor.to(Device.cpu)
    guard let memory = here.memory else { preconditionFailure("a sum of numbers without memory") }
    return CopiedSum(
      here: here, home: tensor.device, exchange: beginSum(memory, of: here.exchangedNumber))
  }
}

/// A sum in the CPU's memory.
private struct CopiedSum: TensorSum {
  let here: Tensor
  let home: Device
  let exchange: any Exchange

  func advance() { exchange.advance() }

  func wait() -> Tensor {
    exchange.wait()
    return here.to(home)
  }
}

extension Tensor {
  /// How its numbers are added up.
  var exchangedNumber: ExchangedNumber {
    switch dtype {
    case .float32: .float32
    case .float64: .float64
    default: preconditionFailure("a sum of \(dtype) over processes: expected float32 or float64")
    }
  }
}
