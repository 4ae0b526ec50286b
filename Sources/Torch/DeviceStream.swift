import CTorch
import TorchRaw

/// A device's queue of work beside the one that operators go to, for a library that is given queues.
///
/// What is in it overlaps with operators. The CPU has no queues: there nothing waits, and the handle is nil.
/// Functions fail as operators do. PyTorch: `torch.cuda.Stream`.
package struct DeviceStream {
  private var stream = ct_stream()

  /// A queue of `device`.
  package init(on device: Device) {
    attempt("stream") {
      ct_stream_find(device.kind.rawValue, Int32(device.index), &stream, $0)
    }
  }

  /// What the device's own libraries call it, such as a `cudaStream_t`.
  package var handle: UnsafeMutableRawPointer? {
    var handle: UnsafeMutableRawPointer?
    attempt("stream handle") { ct_stream_handle(stream, &handle, $0) }
    return handle
  }

  /// Lets what comes next in this queue wait for what the calling thread has begun, and keeps the tensor's
  /// memory from other uses until this queue is through with what it is given while the tensor lives.
  package func follow(_ tensor: Tensor) {
    attempt("stream follow") { ct_stream_follow(stream, tensor.handle.pointer, $0) }
  }

  /// A mark behind all that is in the queue now.
  package func mark() -> Mark {
    var mark: ct_mark?
    attempt("stream mark") { ct_stream_mark(stream, &mark, $0) }
    return Mark(mark)
  }

  /// A place in a queue.
  package final class Mark {
    private let mark: ct_mark?

    fileprivate init(_ mark: ct_mark?) { self.mark = mark }

    deinit { ct_mark_release(mark) }

    /// Lets what the calling thread begins from here on wait until the queue has come to this place.
    ///
    /// It waits on the device; the thread goes on at once.
    package func wait() {
      guard let mark else { return }
      attempt("stream wait") { ct_mark_await(mark, $0) }
    }
  }
}

extension Device {
  /// Makes this the calling thread's device for libraries that ask which one is.
  ///
  /// LibTorch's operators do not need it, since they go where their tensors are; but what they do with queues
  /// puts the thread back to its own device each time, which takes memory of that device too.
  package func choose() {
    attempt("device") { ct_device_choose(kind.rawValue, Int32(index), $0) }
  }
}

extension Tensor {
  /// Where a contiguous tensor's elements begin, in the memory of its own device; fails as operators do.
  package var address: UnsafeMutableRawPointer? {
    var address: UnsafeMutableRawPointer?
    attempt("address") { ct_tensor_address(handle.pointer, &address, $0) }
    return address
  }
}

private func attempt(
  _ operation: String, _ body: (UnsafeMutablePointer<ct_error?>) -> ct_status
) {
  var message: ct_error?
  guard body(&message) != CT_OK else { return }
  TorchError(operation: operation, operands: [], reason: takeMessage(message)).raise()
}
