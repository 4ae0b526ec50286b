import CTorch
import TorchRaw

/// What LibTorch did on the calling thread while something ran on the CPU.
///
/// Unlike times these figures do not depend on what else the machine does: with one thread an operation the same code does
/// the same work. The sizes of blocks are the version's of LibTorch, and of the kernels that it chooses for the processor.
public struct Work: Sendable, Hashable {
  /// Calls of operators, those that other operators and gradients make included.
  public var operators = 0
  /// Nodes of the recorded graph that gradients passed through.
  public var nodes = 0
  /// Blocks of tensor memory that were taken.
  public var allocations = 0
  /// Their bytes.
  public var allocatedBytes = 0
  /// The most bytes that blocks took at a time, with those that were alive before.
  public var peakBytes = 0

  /// No work.
  public init() {}
}

/// Counts of work, from the meter's making on, in the thread that made it.
///
/// LibTorch warns of each block from before the meter that is given back under it: make it before the first tensor.
/// A thread has one meter at most, and counting costs about a tenth of a microsecond an operator.
public final class WorkMeter {
  /// Starts to count; throws `TorchError` where this thread has a meter.
  public init() throws {
    var message: ct_error?
    guard ct_work_begin(&message) == CT_OK else {
      throw TorchError(operation: "count work", operands: [], reason: takeMessage(message))
    }
  }

  deinit { ct_work_end() }

  /// The work of `body`; the peak counts what the meter has seen alive before.
  public func count(_ body: () throws -> Void) rethrows -> Work {
    ct_work_restart()
    try body()
    let found = ct_work_now()
    var work = Work()
    work.operators = Int(found.operators)
    work.nodes = Int(found.nodes)
    work.allocations = Int(found.allocations)
    work.allocatedBytes = Int(found.allocated)
    work.peakBytes = Int(found.peak)
    return work
  }
}
