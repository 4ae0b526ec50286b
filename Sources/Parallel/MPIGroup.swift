#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The processes that an MPI launcher has started, which exchange through Open MPI.
///
/// Waiting gives the core away after a moment, so that more processes than cores, or one that waits for
/// process 0 to write, cost little.
public final class MPIGroup: ProcessGroup {
  /// What happens when the group has to end.
  public typealias OnEnd =
    @Sendable (GroupEnding, _ endOthers: @Sendable (Int32) -> Void) -> Never

  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes.
  public let size: Int
  /// The machine and number of each process.
  public private(set) var places: [String] = []
  private let library: MPILibrary
  private var lifeline: Lifeline?

  /// Joins the processes of a launch; all must.
  ///
  /// `onEnd` is called on a thread of its own when another process is lost or has ended with an error; what
  /// it is given ends the others with an exit code.
  /// Throws `ParallelError` without Open MPI's library, and where MPI knows another number of processes
  /// than the launcher.
  public init(_ launch: Launch, onEnd: @escaping OnEnd) throws {
    library = try MPILibrary(launch)
    var provided: CInt = 0
    // MPI_THREAD_SERIALIZED: gradients of a graphics processor are told on LibTorch's thread for it, while
    // the one that joins waits.
    _ = library.initialize(nil, nil, 2, &provided)
    var (rank, size): (CInt, CInt) = (0, 0)
    _ = library.rank(library.world, &rank)
    _ = library.size(library.world, &size)
    guard size == launch.size else {
      throw ParallelError(
        "process \(launch.rank + 1) of \(launch.size), started by \(launch.launcher): "
          + "expected MPI to know \(launch.size) processes, found \(size)",
        remedy: "start with the mpirun of the Open MPI that is loaded, or with srun --mpi=pmix")
    }
    (self.rank, self.size) = (Int(rank), Int(size))
    places = gathered(Self.place)
    lifeline = Lifeline(self, onEnd: onEnd)
  }

  /// This machine's name and the process's number.
  private static var place: String {
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, name.count - 1)
    let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return "\(String(decoding: bytes, as: UTF8.self)), process id \(getpid())"
  }

  /// Begins a sum in place by `MPI_Iallreduce`.
  public func beginSum(
    _ memory: UnsafeMutableRawBufferPointer, of type: ExchangedNumber
  ) -> any Exchange {
    let (handle, width) =
      switch type {
      case .float32: (library.float, 4)
      case .float64: (library.double, 8)
      }
    let exchange = MPIExchange(library)
    _ = library.beginSum(
      library.inPlace, memory.baseAddress, CInt(memory.count / width), handle, library.plus,
      library.world, &exchange.request)
    return exchange
  }

  /// Begins an `MPI_Ibcast`.
  public func beginBroadcast(
    _ memory: UnsafeMutableRawBufferPointer, from rank: Int
  ) -> any Exchange {
    // MPI counts in 32 bits.
    let most = 1 << 30
    if memory.count > most {
      let start = UnsafeMutableRawBufferPointer(rebasing: memory[..<most])
      beginBroadcast(start, from: rank).wait()
      return beginBroadcast(.init(rebasing: memory[most...]), from: rank)
    }
    let exchange = MPIExchange(library)
    _ = library.beginBroadcast(
      memory.baseAddress, CInt(memory.count), library.byte, CInt(rank), library.world,
      &exchange.request)
    return exchange
  }

  /// Waits until all processes have come here.
  public func barrier() {
    let exchange = MPIExchange(library)
    _ = library.beginBarrier(library.world, &exchange.request)
    exchange.wait()
  }

  /// Ends all processes because this one ends with an error of this text and code; for any thread.
  ///
  /// Process 0 has told people and ends the others. Another one leaves that to process 0, so that a message
  /// reaches people once, whoever else fails for the same reason, and waits; false where nobody listens.
  public var end: @Sendable (_ text: String, _ code: Int32) -> Bool {
    { [lifeline, leads] text, code in
      guard leads else { return lifeline?.report(text, code: code) ?? false }
      lifeline?.endOthers(code: code)
      return true
    }
  }

  /// Waits for all processes and leaves MPI; nothing can be exchanged any more.
  public func leave() {
    barrier()
    lifeline?.leave()
    _ = library.finalize()
  }
}

/// A request that MPI works on whenever it is asked about one.
private final class MPIExchange: Exchange {
  var request: UnsafeMutableRawPointer?
  private let library: MPILibrary
  private var isDone = false

  init(_ library: MPILibrary) { self.library = library }

  func advance() {
    guard !isDone else { return }
    var done: CInt = 0
    // Null: MPI_STATUS_IGNORE.
    _ = library.test(&request, &done, nil)
    isDone = done != 0
  }

  func wait() {
    var tries = 0
    advance()
    while !isDone {
      tries += 1
      if tries > 20_000 { usleep(500) } else if tries > 200 { sched_yield() }
      advance()
    }
  }
}
