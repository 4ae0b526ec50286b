public import Torch

/// Processes that train one model together, each with its rows of every batch.
///
/// Every process calls the same functions in the same order: each is an exchange that all take part in.
/// What stands behind it (`MPIGroup`; `NCCLGroup` between graphics processors) is nobody else's affair. Not
/// `Sendable`: one thread of a process at a time takes part.
public protocol ProcessGroup: AnyObject {
  /// The number of this process, from 0. Process 0 writes, the others only compute.
  var rank: Int { get }
  /// The number of processes.
  var size: Int { get }
  /// Where each process runs, by number, for people.
  var places: [String] { get }
  /// Begins to replace the numbers by their sums over the processes; `memory` is left alone until
  /// `wait` has returned.
  func beginSum(_ memory: UnsafeMutableRawBufferPointer, of type: ExchangedNumber) -> any Exchange
  /// Begins to replace the numbers of a contiguous tensor, float32 or float64, whose memory nobody else uses,
  /// by their sums over the processes. Without an implementation of its own they travel through the CPU.
  func beginSum(_ tensor: Tensor) -> any TensorSum
  /// Begins to replace the bytes by those of process `rank`, as above.
  func beginBroadcast(_ memory: UnsafeMutableRawBufferPointer, from rank: Int) -> any Exchange
  /// Waits until all processes have come here.
  func barrier()
}

/// An exchange under way.
public protocol Exchange {
  /// Lets it go on if it can, without waiting.
  func advance()
  /// Waits for its end.
  func wait()
}

/// What is added up.
public enum ExchangedNumber: Sendable {
  /// 32 bits.
  case float32
  /// 64 bits.
  case float64
}

extension ProcessGroup {
  /// Whether this process writes.
  public var leads: Bool { rank == 0 }

  /// The sums over the processes, number by number.
  public func sum(_ numbers: [Double]) -> [Double] {
    var numbers = numbers
    numbers.withUnsafeMutableBytes { beginSum($0, of: .float64).wait() }
    return numbers
  }

  /// The bytes of process `rank`, however many it has.
  public func broadcast(_ bytes: [UInt8], from rank: Int = 0) -> [UInt8] {
    var length = UInt64(bytes.count)
    withUnsafeMutableBytes(of: &length) { beginBroadcast($0, from: rank).wait() }
    var result = self.rank == rank ? bytes : [UInt8](repeating: 0, count: Int(length))
    result.withUnsafeMutableBytes { beginBroadcast($0, from: rank).wait() }
    return result
  }

  /// The text of process `rank`.
  public func broadcast(_ text: String, from rank: Int = 0) -> String {
    String(decoding: broadcast(Array(text.utf8), from: rank), as: UTF8.self)
  }

  /// The text of every process, by number.
  public func gathered(_ text: String) -> [String] {
    (0..<size).map { broadcast(rank == $0 ? text : "", from: $0) }
  }
}
