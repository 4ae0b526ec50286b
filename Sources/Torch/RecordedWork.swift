import CTorch
import TorchRaw

/// Work of a device that was recorded once and is done again in one call, on the same memory.
///
/// While it is recorded nothing is done: the tensors that `body` makes have no numbers before the first replay, and what it changes is
/// unchanged. Each replay reads and writes the memory of the tensors that took part, and draws new numbers. Not `Sendable`. **Fails** (throws)
/// where the device has no recordings and for work that waits for numbers; then nothing has happened. PyTorch: `torch.cuda.CUDAGraph`.
package final class RecordedWork {
  private let graph: ct_graph

  /// Whether LibTorch can record here: CUDA, where its library is loaded.
  package static func isAvailable(on device: Device) -> Bool {
    ct_graph_is_available(device.kind.rawValue)
  }

  /// Records what `body` asks of `device`, on an `OwnStream` of it.
  ///
  /// - Parameters:
  ///   - device: where everything happens.
  ///   - generator: the one that `body` draws from.
  ///   - body: what is recorded; what it does on the host is done once, now.
  /// - Throws: what `body` throws, or what LibTorch says against a recording of it.
  package init(on device: Device, drawing generator: Generator, _ body: () throws -> Void) throws {
    var pointer: ct_graph?
    try checked("RecordedWork") { ct_graph_make(device.kind.rawValue, &pointer, $0) }
    guard let pointer else { throw TorchError(operation: "RecordedWork", operands: [], reason: "") }
    graph = pointer
    try checked("RecordedWork") { ct_graph_begin(pointer, generator.handle.pointer, $0) }
    let result = Result { try withTorchErrors(body) }
    let ending = Result { try checked("RecordedWork") { ct_graph_end(pointer, $0) } }
    // An error of the body explains one at the end, not the other way round.
    try result.get()
    try ending.get()
  }

  deinit { ct_graph_release(graph) }

  /// Does the work again.
  package func replay() throws {
    try checked("RecordedWork.replay") { ct_graph_replay(graph, $0) }
  }
}

/// A stream of a device that is not its first one, on which nothing can be recorded, as the calling thread's own.
///
/// All that was asked of the device before is done when it begins, and all that was asked meanwhile when it ends. The CPU has no streams, and
/// nothing happens there. PyTorch: `torch.cuda.stream`.
package struct OwnStream {
  private let device: Device
  private let before: ct_current_stream

  /// Enters the stream; throws what LibTorch throws, for kinds of device without streams too.
  package init(of device: Device) throws {
    var before = ct_current_stream()
    try checked("OwnStream") {
      ct_stream_enter(device.kind.rawValue, Int32(device.index), &before, $0)
    }
    (self.device, self.before) = (device, before)
  }

  /// Leaves it, on the thread that entered.
  package func leave() { ct_stream_leave(device.kind.rawValue, Int32(device.index), before) }
}

/// Throws what a function of the C interface says.
private func checked(
  _ operation: String, _ call: (UnsafeMutablePointer<ct_error?>) -> ct_status
) throws {
  var message: ct_error?
  guard call(&message) == CT_OK else {
    throw TorchError(operation: operation, operands: [], reason: takeMessage(message))
  }
}
