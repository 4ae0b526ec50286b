import CNCCL
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What NCCL knows a group of processes by, each with one device.
///
/// A thread of its own asks whether the others are still there: a sum that has begun waits on the device, and
/// nobody else would hear that the network failed. Nothing is done when the last reference goes: leaving waits
/// for all processes, and one that ends by an error must not.
final class NCCLCommunicator: Sendable {
  private struct Handle: @unchecked Sendable {
    var pointer: nccl_communicator?
  }

  let library: NCCLLibrary
  private let handle = Mutex(Handle())

  /// What process 0 tells the others, so that they find it.
  static func id(_ library: NCCLLibrary) throws(ParallelError) -> [UInt8] {
    var id = nccl_id()
    try library.check(library.uniqueID(&id), of: "GetUniqueId")
    return withUnsafeBytes(of: &id) { Array($0) }
  }

  /// Joins the others, all of which must do so, with the calling thread's present device.
  init(_ library: NCCLLibrary, id bytes: [UInt8], rank: Int, size: Int) throws(ParallelError) {
    self.library = library
    var id = nccl_id()
    precondition(bytes.count == MemoryLayout<nccl_id>.size, "an id of another length")
    withUnsafeMutableBytes(of: &id) { $0.copyBytes(from: bytes) }
    var pointer: nccl_communicator?
    try library.check(
      library.join(&pointer, Int32(size), id, Int32(rank)), of: "CommInitRank", in: pointer)
    let made = Handle(pointer: pointer)
    handle.withLock { $0 = made }
  }

  /// Gives `stream` the sum of `count` numbers over the processes, in place.
  func sum(
    _ address: UnsafeMutableRawPointer?, count: Int, of type: ExchangedNumber,
    stream: UnsafeMutableRawPointer?
  ) throws(ParallelError) {
    let code =
      switch type {
      case .float32: nccl_float32
      case .float64: nccl_float64
      }
    let pointer = handle.withLock { $0 }.pointer
    let result = library.sum(
      address, address, count, Int32(code), Int32(nccl_plus), pointer, stream)
    try library.check(result, of: "AllReduce", in: pointer)
  }

  /// Whether the group is together; throws what NCCL has met since the last call.
  func isTogether() throws(ParallelError) -> Bool {
    var found: Int32 = 0
    let now = handle.withLock { handle in
      if let pointer = handle.pointer { _ = library.state(pointer, &found) }
      return handle
    }
    try library.check(found, of: "CommGetAsyncError", in: now.pointer)
    return now.pointer != nil
  }

  /// Leaves the others, all of which must do so.
  func leave() {
    handle.withLock { handle in
      if let pointer = handle.pointer { _ = library.leave(pointer) }
      handle.pointer = nil
    }
  }

  /// Asks once a second whether the group is together, until it has been left or is no longer.
  func watch(_ onError: @escaping @Sendable (ParallelError) -> Never) {
    Watchman.start { [self] in
      do throws(ParallelError) {
        while try isTogether() { sleep(1) }
      } catch {
        onError(error)
      }
    }
  }
}
