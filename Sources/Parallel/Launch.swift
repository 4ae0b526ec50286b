import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a launcher started this process: as one of several that belong together.
public struct Launch: Sendable, Hashable {
  /// Who started it, such as `mpirun`.
  public let launcher: String
  /// The number of this process, from 0.
  public let rank: Int
  /// The number of processes, at least 2.
  public let size: Int
  /// The number of processes on this machine.
  public let localSize: Int
  /// The number of this process among those on its machine, from 0.
  public let localRank: Int
  /// Whether the launcher gave each process cores of its own.
  public let isBound: Bool

  /// What `variable` tells of the environment; nil for a process on its own.
  ///
  /// Read in this order: Open MPI's `OMPI_COMM_WORLD_…`; `PMI_…` of MPICH's and other launchers; Slurm's
  /// variables of a step, which a batch script without `srun` does not have.
  public init?(_ variable: (String) -> String?) {
    func number(_ name: String) -> Int? { variable(name).flatMap { Int($0) } }
    if let size = number("OMPI_COMM_WORLD_SIZE") {
      self.init(
        "mpirun", number("OMPI_COMM_WORLD_RANK") ?? number("PMIX_RANK"), size,
        number("OMPI_COMM_WORLD_LOCAL_SIZE"), number("OMPI_COMM_WORLD_LOCAL_RANK"),
        variable("OMPI_MCA_orte_bound_at_launch") == "1")
    } else if let size = number("PMI_SIZE") {
      self.init(
        "a PMI launcher", number("PMI_RANK"), size, number("MPI_LOCALNRANKS"),
        number("MPI_LOCALRANKID"))
    } else if let size = number("SLURM_STEP_NUM_TASKS") {
      let here = variable("SLURM_STEP_TASKS_PER_NODE").flatMap { text in
        Launch.tasks(text, onNode: number("SLURM_NODEID") ?? 0)
      }
      self.init("srun", number("SLURM_PROCID"), size, here, number("SLURM_LOCALID"))
    } else {
      return nil
    }
  }

  private init?(
    _ launcher: String, _ rank: Int?, _ size: Int, _ localSize: Int?, _ localRank: Int?,
    _ isBound: Bool = false
  ) {
    guard size > 1, let rank, (0..<size).contains(rank) else { return nil }
    self.launcher = launcher
    self.rank = rank
    self.size = size
    self.localSize = min(max(localSize ?? 1, 1), size)
    // Where it is not told, neighbours are on one machine.
    self.localRank = max(localRank ?? rank % self.localSize, 0)
    self.isBound = isBound
  }

  /// The entry of Slurm's list, such as `2(x3),1`, for a node.
  private static func tasks(_ text: String, onNode node: Int) -> Int? {
    var before = 0
    for part in text.split(separator: ",") {
      let pieces = part.split(separator: "(", maxSplits: 1)
      guard let count = Int(pieces[0]) else { return nil }
      let repeats = pieces.count == 2 ? Int(pieces[1].dropFirst().dropLast()) ?? 1 : 1
      before += repeats
      if node < before { return count }
    }
    return nil
  }

  /// How this process was started; nil if it is on its own.
  public static let current = Launch { name in getenv(name).map { String(cString: $0) } }

  /// The threads for one process of several that share `cores` cores: its part, at least one.
  public func threads(ofCores cores: Int) -> Int {
    isBound ? max(cores, 1) : max(cores / localSize, 1)
  }

  /// The threads for this process: its part of the cores that it may run on, or what `OMP_NUM_THREADS`
  /// asks for, which is nil.
  public var threads: Int? {
    getenv("OMP_NUM_THREADS") == nil ? threads(ofCores: Self.availableCores) : nil
  }

  /// Which of the `count` devices that this process sees is its own; nil where there are too few.
  ///
  /// Each process of a machine has one for itself. A launcher that shows each process its own alone
  /// (`isAssigned`), as Slurm does with `--gpus-per-task`, leaves nothing to choose.
  public func deviceIndex(of count: Int, isAssigned: Bool) -> Int? {
    if isAssigned, count == 1 { return 0 }
    return localRank < count ? localRank : nil
  }

  /// The cores that this process may run on.
  package static var availableCores: Int {
    if let file = try? InputFile("/proc/self/status"), let bytes = try? file.readToEnd() {
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      where line.hasPrefix("Cpus_allowed:") {
        return line.dropFirst(13).reduce(0) {
          $0 + (Int(String($1), radix: 16)?.nonzeroBitCount ?? 0)
        }
      }
    }
    return Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  }
}
