import Parallel
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What to say at the end of a team that does not come by agreement, known to every thread.
final class TeamNotice: Sendable {
  private struct Facts {
    var rank: Int
    var places: [String] = []
    var run: String?
    var end: (@Sendable (String, Int32) -> Bool)?
  }

  private let facts: Mutex<Facts>

  init(rank: Int) { facts = Mutex(Facts(rank: rank)) }

  func set(_ group: MPIGroup) {
    let (places, end) = (group.places, group.end)
    facts.withLock { ($0.places, $0.end) = (places, end) }
  }

  func set(run: String) { facts.withLock { $0.run = run } }

  /// Ends all processes because of an error of this one, whose text people see once.
  ///
  /// The first process has said it already.
  func fail(_ text: String, code: ExitCode) {
    let facts = facts.withLock { $0 }
    if facts.end?(text, code.rawValue) == true || facts.rank == 0 { return }
    // The first process has most likely failed for the same reason, and then this one is ended.
    sleep(2)
    Console.write(text, to: STDERR_FILENO)
  }

  /// Ends all processes because of an error on whatever thread.
  func stop(_ error: CommandError, isJSON: Bool) -> Never {
    if facts.withLock({ $0.rank }) == 0 { Console(isJSON: isJSON).finish(error) }
    fail("\(error)\n", code: error.code)
    _exit(error.code.rawValue)
  }

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
