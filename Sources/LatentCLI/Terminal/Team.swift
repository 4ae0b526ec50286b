import Parallel
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The processes that a launcher started together, which train one run: only the first speaks to people.
final class Team {
  private let launch: Launch
  private var processes: MPIGroup?
  private var devices: NCCLGroup?
  /// How tensors of a device travel, for people; nil on the CPU.
  private var way: String?
  private var isJoining = false
  private var lastWords = ""
  let notice: TeamNotice

  /// The team of a launch.
  init(_ launch: Launch) {
    self.launch = launch
    notice = TeamNotice(rank: launch.rank)
  }

  /// The processes, once this one has joined them.
  var group: (any ProcessGroup)? { devices ?? processes }

  /// Whether this process speaks and writes.
  var leads: Bool { launch.rank == 0 }

  /// Runs a command line in this process of the team; returns its exit code.
  func run(_ words: [String], _ tree: CommandTree) -> Int32 {
    guard Self.isForSeveral(words) else {
      let console = console(isJSON: words.prefix { $0 != "--" }.contains("--json"))
      let error = CommandError.usage(
        "\(launch.size) processes, started by \(launch.launcher): expected latent train or latent resume, "
          + "found latent \(words.joined(separator: " "))",
        remedy: "start other commands without a launcher")
      console.finish(error)
      return error.code.rawValue
    }
    return end(tree.main(words, console: console, translating: commandError))
  }

  /// Whether several processes can do what a command line asks for together, or all may answer it.
  static func isForSeveral(_ words: [String]) -> Bool {
    let command = words.first { !$0.hasPrefix("-") }
    return command.map(["train", "resume", "help"].contains) ?? true || words.contains("--help")
  }

  /// Joins the other processes; throws `ParallelError`.
  func join() throws {
    isJoining = true
    let group = try MPIGroup(launch, onEnd: notice.end)
    processes = group
    notice.set(group)
  }

  /// Lets gradients travel between the devices that the processes compute on; throws `ParallelError`.
  ///
  /// Without NCCL they travel through the CPU, and people are told.
  func connectDevices(_ console: Console) throws {
    guard let processes else { return }
    let way = try NCCLGroup.join(processes) { [notice, isJSON = console.isJSON] error in
      notice.stop(.environment("\(error)", remedy: error.remedy), isJSON: isJSON)
    }
    switch way {
    case .direct(let group):
      devices = group
      self.way = "gradients travel between devices by NCCL \(group.version)"
    case .copied(let reason) where Device.current.kind != .cpu:
      self.way = "note: gradients travel through the CPU: \(reason)"
    case .copied: break
    }
  }

  /// Says who trains, and which terms mean something else than in one process.
  func introduce(_ session: TrainingSession, on console: Console) {
    notice.set(run: session.folder.path)
    console.note("\(launch.size) processes, threads of each: \(session.record.threads)")
    if let way { console.note(way) }
    guard !session.termsThatAreNoMeans.isEmpty else { return }
    console.note(
      "note: no mean over examples: \(session.termsThatAreNoMeans.joined(separator: ", ")); each of "
        + "\(launch.size) processes takes it over its own rows of a batch (docs/PARALLEL.md)")
  }

  private func console(isJSON: Bool) -> Console {
    let console =
      leads
      ? Console(isJSON: isJSON)
      : Console(isJSON: isJSON, out: { _ in }, error: { [unowned self] in lastWords = $0 })
    console.team = self
    return console
  }

  /// Ends this process's part: together with the others, or with everybody's end.
  private func end(_ code: ExitCode) -> Int32 {
    if code == .done {
      devices?.leave()
      processes?.leave()
    } else if isJoining {
      notice.fail(lastWords, code: code)
      // A device may wait for processes that have ended, and whatever cleans up at an exit for the device.
      if devices != nil { _exit(code.rawValue) }
    }
    return code.rawValue
  }
}
