import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@testable import Runs

/// A run whose steps are replayed from a recording is the run of ordinary steps.
@Suite struct CaptureTests {
  init() { GraphRecorder.register() }

  /// Each with the replays of 30 steps, ten an epoch with the last not full: 3 are watched.
  static let cases: [(settings: [String], replays: Int)] = [
    ([], 24),
    (["network=conv"], 24),
    (["schedule=cosine", "warmup=5", "clip=0.5", "ema=0.9", "optimizer=adamw"], 24),
    (["kl-annealing=linear", "kl-warmup=10", "free-bits=0.1"], 14),
  ]

  @Test(arguments: cases) func replayedStepsAreTheOrdinaryOnes(
    settings: [String], replays: Int
  ) throws {
    try compare {
      try CapturedRun(settings, habit: $0, in: $1)
    } check: { run in
      #expect(run.reason == nil)
      #expect(run.replays == replays)
      #expect(run.trainer.captureSummary == "replayed")
    }
  }

  @Test func aResumedRunIsTheWholeOne() throws {
    try withRunFolder { folder in
      try withRunFolder { other in
        let whole = try CapturedRun([], habit: .never, in: other)
        #expect(try whole.trainer.run { false } == .finished)
        let first = try CapturedRun([], habit: .always, in: folder)
        #expect(try first.trainer.run(until: after(14)) == .interrupted)
        #expect(first.replays == 10)
        let second = try CapturedRun([], habit: .always, in: folder)
        try second.trainer.restore()
        #expect(try second.trainer.run { false } == .finished)
        #expect(second.replays > 8)
        let end = differences(second, whole).filter { !$0.contains("step") }
        #expect(end == [])
      }
    }
  }

  @Test func aBatchThatIsNoNumberChangesNoParameter() throws {
    try compare(ending: .diverged("elbo was no finite number", step: 8, lastGood: 0)) {
      try CapturedRun(["checkpoint-seconds=1000", "binarise=none"], habit: $0, in: $1, spoiling: 8)
    } check: { run in
      #expect(run.replays == 5)
      #expect(run.trainer.method.model.state.values.allSatisfy { $0.isFinite.all().item() == 1 })
    }
  }

  @Test func noiseIsNewInEachReplay() throws {
    try compare { habit, folder in
      try CapturedRun(
        Toy { toy, step in
          let noise = Tensor.randn([1], using: step.generator, dtype: .float64)
          return loss((toy.pair.first.value * noise).sum())
        }, habit: habit, in: folder)
    } check: { run in
      #expect(run.replays == 9)
      #expect(Set(run.terms.compactMap { $0["loss"] }).count == 12)
    }
  }

  /// Eight steps an epoch, of which three are watched each time that its number has changed.
  @Test func aMethodThatFollowsEpochsIsRecordedInEach() throws {
    try compare { habit, folder in
      try CapturedRun(
        Toy { toy, step in loss(toy.pair.first.value.sum() * Double(1 + step.epoch)) },
        steps: 24, habit: habit, in: folder
      ) { $0.batchSize = 1 }
    } check: { run in
      #expect(run.reason == nil)
      #expect(run.trainer.capture?.recordings == 3)
      #expect(run.replays == 15)
    }
  }

  // MARK: Reasons against

  @Test func aMethodThatFollowsTheStepsIsNotReplayed() throws {
    try refused("the method follows the number of the step") {
      Toy { toy, step in loss(toy.pair.first.value.sum() * Double(step.index)) }
    }
  }

  @Test func aMethodThatReadsNumbersIsNotReplayed() throws {
    try refused("the method reads a number of a tensor") {
      Toy { toy, _ in loss(toy.pair.first.value.sum() * toy.pair.second.value.item()) }
    }
  }

  @Test func aMethodThatReplacesABufferIsNotReplayed() throws {
    try refused("count is replaced by a step") { Counting(inPlace: false) }
  }

  /// What a method does after a step is part of the recording.
  @Test func aBufferThatIsOverwrittenIsReplayed() throws {
    try compare {
      try CapturedRun(Counting(inPlace: true), habit: $0, in: $1)
    } check: { run in
      #expect(run.replays == 9)
      #expect(run.state["count"]?.item() == 12)
    }
  }

  /// The fourth call is the one that is recorded; what it reads was not read in those that were watched.
  @Test func aRecordingThatFailsLeavesNoTrace() throws {
    try compare { habit, folder in
      var calls = 0
      return try CapturedRun(
        Toy(held: { _, _ in loss(Tensor(1)) }) { toy, step in
          calls += 1
          let noise = Tensor.randn([1], using: step.generator, dtype: .float64)
          let x = (toy.pair.first.value * noise).sum()
          return loss(calls == 4 ? x * (1 + 0 * x.detached().item()) : x)
        }, habit: habit, in: folder)
    } check: { run in
      #expect(run.reason?.contains("waits for numbers") == true)
      #expect(run.trainer.capture?.recordings == 1)
      #expect(run.replays == 0)
    }
  }

  @Test func whatIsKnownBeforehandIsSaidBeforehand() throws {
    try expect(nil)
    try expect("a CPU does not wait for launches", habit: .wherePossible)
    try expect("the run says replay=false") { $0.replaysSteps = false }
    try expect("an update is made of several batches") { $0.accumulation = 2 }
    try expect("the optimiser Lion takes its rate as a number", rule: Lion())
    let two = [Player(name: "a"), Player(name: "b")]
    try expect("the method has several players", players: two)
  }

  // MARK: Comparison

  /// Trains with ordinary and with recorded steps and expects the same; `check` gets the latter.
  private func compare(
    ending: TrainingOutcome = .finished,
    _ make: (StepCapture.Habit, RunFolder) throws -> CapturedRun,
    check: (CapturedRun) throws -> Void
  ) throws {
    try withRunFolder { folder in
      try withRunFolder { other in
        let (ordinary, recorded) = (try make(.never, other), try make(.always, folder))
        #expect(try ordinary.trainer.run { false } == ending)
        #expect(try recorded.trainer.run { false } == ending)
        #expect(ordinary.replays == 0)
        #expect(differences(recorded, ordinary) == [])
        try check(recorded)
      }
    }
  }

  /// The reason that is known before a toy has done a step.
  private func expect(
    _ reason: String?, players: [Player] = [Player()], habit: StepCapture.Habit = .always,
    rule: any UpdateRule = Adam(), change: (inout TrainingOptions) -> Void = { _ in }
  ) throws {
    try withRunFolder { folder in
      let toy = Toy(players: players) { toy, _ in loss(toy.pair.first.value.sum()) }
      let run = try CapturedRun(toy, habit: habit, in: folder, rule: rule, change: change)
      #expect(StepCapture.reasonAgainst(run.trainer) == reason)
    }
  }

  private func refused(_ reason: String, _ make: () -> any Method) throws {
    try compare {
      try CapturedRun(make(), habit: $0, in: $1)
    } check: { run in
      #expect(run.reason == reason)
      #expect(run.replays == 0)
      #expect(run.trainer.captureSummary == "not replayed, because \(reason)")
    }
  }
}

/// A number that is learned, and a count of steps in a buffer.
private final class Counting: Module, Method {
  let weight = Parameter(Tensor([Float(1)]))
  let count = Buffer(Tensor([0.0]))
  private let inPlace: Bool

  init(inPlace: Bool) { self.inPlace = inPlace }

  var model: Module { self }
  var selection: Selection { Selection(term: "loss", isBetterWhenLarger: false) }
  func terms(_ batch: Batch, _ step: Step) -> Terms {
    loss((weight.value * (1 + count.value)).sum())
  }
  func afterStep(_ step: Step) {
    if inPlace { count.assign(count.value + 1) } else { count.value = count.value + 1 }
  }
}
