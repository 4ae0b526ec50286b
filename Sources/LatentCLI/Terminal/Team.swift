import Parallel
import Runs
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The processes that a launcher started together, which train one run: only the first speaks to people.
final class Team {
  private let launch: Launch
  /// The processes, once this one has joined them.
  private(set) var group: MPIGroup?
  private var isJoining = false
  private var lastWords = ""
  private let notice = TeamNotice()

  /// The team of a launch.
  init(_ launch: Launch) { self.launch = launch }

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
    self.group = group
    notice.set(rank: group.rank, places: group.places)
  }

  /// Says who trains, and which terms mean something else than in one process.
  func introduce(_ session: TrainingSession, on console: Console) {
    notice.set(run: session.folder.path)
    console.note("\(launch.size) processes, threads of each: \(session.record.threads)")
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
    guard code != .done else {
      group?.leave()
      return code.rawValue
    }
    if leads {
      group?.endOthers(code: code.rawValue)
    } else if let group {
      group.report(lastWords, code: code.rawValue)
    } else if isJoining {
      // The first process has most likely failed for the same reason, and then this one is ended.
      sleep(2)
      Console.write(lastWords, to: STDERR_FILENO)
    }
    return code.rawValue
  }
}

/// What to say when another process is lost, known to the thread that watches over them.
private final class TeamNotice: Sendable {
  private struct Facts {
    var rank = 0
    var places: [String] = []
    var run: String?
  }

  private let facts = Mutex(Facts())

  func set(rank: Int, places: [String]) {
    facts.withLock { ($0.rank, $0.places) = (rank, places) }
  }

  func set(run: String) { facts.withLock { $0.run = run } }

  /// Says what has happened, once among the processes, and ends them all.
  @Sendable func end(_ ending: GroupEnding, _ endOthers: @Sendable (Int32) -> Void) -> Never {
    let facts = facts.withLock { $0 }
    func name(_ rank: Int) -> String {
      let place = facts.places.indices.contains(rank) ? " (\(facts.places[rank]))" : ""
      return "process \(rank + 1) of \(max(facts.places.count, rank + 1))\(place)"
    }
    switch ending {
    case .ended(let code): _exit(code)
    case .failed(let rank, let text, let code):
      // Where this process fails for the same reason, its own words are enough.
      sleep(1)
      let said = text.replacingFirst("error: ", with: "error: \(name(rank)): ")
      Console.write(said, to: STDERR_FILENO)
      endOthers(code)
      _exit(code)
    case .lost(let rank):
      // The first process speaks, or the second if it is the first that is lost.
      if facts.rank > 1 { sleep(2) }
      let error = CommandError.environment(
        "\(name(rank)) is gone: it was killed, or its machine is",
        remedy: facts.run.map { "go on from the last checkpoint with: latent resume \($0)" }
          ?? "start again")
      Console.write("\n\(error)\n", to: STDERR_FILENO)
      endOthers(error.code.rawValue)
      // Time for the words to reach the launcher before it hears of the end.
      usleep(200_000)
      _exit(error.code.rawValue)
    }
  }
}

extension String {
  fileprivate func replacingFirst(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { return self }
    return self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
