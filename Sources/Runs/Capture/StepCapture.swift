import Datasets
import LatentCore
import Torch

/// Whether a run's steps are recorded once and replayed, and where it stands with that.
///
/// The first three steps of full size are ordinary ones in which is watched what they read on the host; the fourth is recorded and then
/// replayed, as are all that follow. A step of another size, such as an epoch's last, is an ordinary one in between. What a recording cannot
/// hold is a reason against it, found before it is tried where possible; a recording that fails leaves no trace but its reason. PyTorch:
/// `torch.cuda.graph` over a whole step.
final class StepCapture {
  /// When a trainer tries it.
  enum Habit {
    /// On devices that wait for the host otherwise.
    case wherePossible
    /// On the CPU too, for tests.
    case always
    /// Never, for tests.
    case never
  }

  private enum Phase {
    /// So many steps have been watched.
    case watching(Int)
    case recorded(RecordedStep)
    case refused(String)
  }

  /// Steps that are watched before one is recorded; kernels are chosen and memory is set aside in them.
  static let watched = 3
  /// Recordings that may become useless, each after its replays, because something was replaced.
  static let mostReplaced = 3

  private var phase = Phase.watching(0)
  private var replaced = 0
  /// The numbers of the step that the method is known to read.
  private var known: Set<StepReads.Number> = []
  private var latest: [StepReads.Number: Double] = [:]
  /// Steps that were replayed.
  private(set) var replays = 0
  /// Recordings that were made.
  private(set) var recordings = 0
  /// What the present step has read on the host.
  private var read: String?

  /// The beginning; refused from the start where something is known to stand against it.
  init(for trainer: Trainer) {
    if let reason = Self.reasonAgainst(trainer) { phase = .refused(reason) }
  }

  /// Gives it up.
  func refuse(_ reason: String) { phase = .refused(reason) }

  /// Why steps are not replayed, in words that follow «because»; nil while they are, or may be.
  var reason: String? { if case .refused(let reason) = phase { reason } else { nil } }

  /// One line for a run's record; nil while nothing is known.
  var summary: String? {
    switch phase {
    case .watching: replays > 0 ? "replayed" : nil
    case .recorded: "replayed"
    case .refused(let reason): "not replayed, because \(reason)"
    }
  }

  /// Does an update, by a replay where that is right.
  func update(_ parts: [Part], _ place: Step, in trainer: Trainer) throws {
    guard parts.count == 1, parts[0].batch.count == trainer.fullPart else {
      return try trainer.update(parts, place)
    }
    switch phase {
    case .refused:
      try trainer.update(parts, place)
    case .watching(let count):
      try watch(parts, place, count, in: trainer)
    case .recorded(let step):
      try replay(step, parts, place, in: trainer)
    }
  }

  /// Notes what `body`, a part of a method, reads on the host.
  func watching<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard case .watching = phase else { return try body() }
    let (result, found) = try HostReads.during(body)
    read = read ?? found.map { "the method reads \($0)" }
    return result
  }

  private func watch(_ parts: [Part], _ place: Step, _ count: Int, in trainer: Trainer) throws {
    let isSteady = isSteady(place)
    if isSteady, count >= Self.watched {
      if let step = record(parts[0], place, in: trainer) {
        phase = .recorded(step)
        return try replay(step, parts, place, in: trainer)
      }
      return try trainer.update(parts, place)
    }
    let reads = StepReads()
    var watched = place
    watched.reads = reads
    read = nil
    try trainer.update(parts, watched)
    if reads.numbers.contains(.index) { read = read ?? "the method follows the number of the step" }
    phase = read.map(Phase.refused) ?? .watching(isSteady ? count + 1 : 0)
    known = reads.numbers
  }

  private func record(_ part: Part, _ place: Step, in trainer: Trainer) -> RecordedStep? {
    recordings += 1
    do {
      return try RecordedStep(part, place, in: trainer)
    } catch {
      phase = .refused("\(error)")
      return nil
    }
  }

  private func replay(
    _ step: RecordedStep, _ parts: [Part], _ place: Step, in trainer: Trainer
  ) throws {
    switch step.fitness(parts[0].batch, place, of: trainer) {
    case .fits:
      do {
        try step.replay(parts[0], place, in: trainer)
        replays += 1
      } catch let error as TorchError where !step.isProven {
        phase = .refused("\(error)")
        try trainer.update(parts, place)
      }
      return
    case .otherBatch:
      return try trainer.update(parts, place)
    case .otherNumbers:
      _ = isSteady(place)
    case .otherMemory(let what):
      replaced += 1
      if replaced >= Self.mostReplaced {
        phase = .refused("\(what) was replaced, again and again, in place of being overwritten")
        return try trainer.update(parts, place)
      }
    }
    phase = .watching(0)
    try watch(parts, place, 0, in: trainer)
  }

  /// Whether the numbers that the method reads are those of the step before, so that a recording is worth while.
  private func isSteady(_ place: Step) -> Bool {
    let numbers = place.numbers(known)
    defer { latest = numbers }
    return numbers.allSatisfy { latest[$0.key] == nil || latest[$0.key] == $0.value }
  }
}

extension Step {
  /// The values of some of its numbers.
  func numbers(_ which: Set<StepReads.Number>) -> [StepReads.Number: Double] {
    var silent = self
    silent.reads = nil
    var values: [StepReads.Number: Double] = [:]
    for number in which {
      values[number] =
        switch number {
        case .index: Double(silent.index)
        case .epoch: Double(silent.epoch)
        case .rateWeight: silent.rateWeight
        }
    }
    return values
  }
}
