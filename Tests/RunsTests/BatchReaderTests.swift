import Datasets
import Dispatch
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import Synchronization
import Testing
import Torch

@testable import Runs

/// Examples that are read while the step before is computed.
@Suite struct BatchReaderTests {
  /// Numbers that tell when somebody asks for them, by a clock that they move themselves.
  private final class Numbers: Dataset, Sendable {
    struct Record {
      var asking = 0
      var mostAsking = 0
      var seconds = 0.0
    }

    let name = "numbers"
    let count = 20
    let schema = DatasetSchema(.vector, shape: [1])
    let fingerprint = "sha256:0"
    let began = DispatchSemaphore(value: 0)
    private let seconds: Double
    private let record = Mutex(Record())

    /// Numbers of which a batch takes so many seconds.
    init(seconds: Double = 0) { self.seconds = seconds }

    var mostAsking: Int { record.withLock(\.mostAsking) }
    var now: Double { record.withLock(\.seconds) }
    func pass(_ seconds: Double) { record.withLock { $0.seconds += seconds } }

    func batch(_ indices: [Int]) throws -> Batch {
      began.signal()
      record.withLock {
        $0.asking += 1
        $0.mostAsking = max($0.mostAsking, $0.asking)
        $0.seconds += seconds
      }
      defer { record.withLock { $0.asking -= 1 } }
      try check(indices)
      return Batch(
        examples: Tensor(indices.map { Float($0) }, shape: [indices.count, 1]), indices: indices)
    }
  }

  private func numbers(_ batches: [Batch]) -> [[Int]] {
    batches.map { $0.examples.flattened().scalars(as: Int.self) }
  }

  @Test(arguments: [BatchReader.Habit.always, .never, .whereSlow])
  func theExamplesAreThoseAskedFor(habit: BatchReader.Habit) throws {
    let data = Numbers(seconds: 1)
    let reader = BatchReader(data, device: .cpu, habit: habit, now: { data.now })
    for step in 0..<18 {
      let parts = [[step, step + 1], [step]]
      #expect(numbers(try reader.batches(parts)) == parts)
      reader.announce([[step + 1, step + 2], [step + 1]])
    }
    #expect(data.mostAsking == 1)
    #expect(reader.isAhead == (habit != .never))
  }

  @Test func whatIsAnnouncedIsReadBeforeItIsAskedFor() throws {
    let data = Numbers()
    let reader = BatchReader(data, device: .cpu, habit: .always)
    reader.announce([[1]])
    #expect(data.began.wait(timeout: .now() + 60) == .success)
    #expect(numbers(try reader.batches([[1]])) == [[1]])
    #expect(data.began.wait(timeout: .now()) == .timedOut, "it was read once")
  }

  @Test func whatWasAnnouncedInVainIsNotGivenOut() throws {
    let reader = BatchReader(Numbers(), device: .cpu, habit: .always)
    reader.announce([[1]])
    #expect(numbers(try reader.batches([[2]])) == [[2]])
    reader.announce([[3]])
    reader.settle()
    reader.settle()
    #expect(numbers(try reader.batches([[3]])) == [[3]])
  }

  @Test func anErrorComesWithItsBatchAndNotBefore() throws {
    let reader = BatchReader(Numbers(), device: .cpu, habit: .always)
    reader.announce([[20]])
    reader.settle()
    reader.announce([[20]])
    #expect(throws: DatasetError.self) { try reader.batches([[20]]) }
    #expect(numbers(try reader.batches([[19]])) == [[19]])
  }

  /// Nine reads of so many milliseconds, a step of 20 ms after each.
  @Test(arguments: [(0.19, false), (0.21, true), (5, true)])
  func readingAheadBeginsWhereItPays(milliseconds: Double, isAhead: Bool) throws {
    let data = Numbers(seconds: milliseconds / 1000)
    let reader = BatchReader(data, device: .cpu, now: { data.now })
    for _ in 0..<BatchReader.judged {
      #expect(!reader.isAhead)
      _ = try reader.batches([[0]])
      data.pass(0.02)
    }
    #expect(reader.isAhead == isAhead)
    #expect(abs(reader.secondsWaited - 9 * milliseconds / 1000) < 1e-9)
  }

  /// 0.21 ms is no matter beside a step of a second.
  @Test func aLongStepDoesNotMindAShortRead() throws {
    let data = Numbers(seconds: 0.21e-3)
    let reader = BatchReader(data, device: .cpu, now: { data.now })
    for _ in 0..<BatchReader.judged {
      _ = try reader.batches([[0]])
      data.pass(1)
    }
    #expect(!reader.isAhead)
  }

  /// Two borders of epochs, validations, parts of an update; stopped anywhere the same bytes.
  @Test func aRunReadAheadEndsWithTheSameBytes() throws {
    try withTemporaryFolder { parent in
      let plain = try run(.never, in: parent, "plain")
      #expect(plain.count == 4)
      #expect(try run(.always, in: parent, "ahead") == plain)
      for stop in [0, 1, 5, 6, 13] {
        #expect(try run(.always, in: parent, "cut-\(stop)", stop: stop) == plain, "\(stop)")
      }
    }
  }

  /// A run on rendered figures, stopped after some steps or not; its lasting files.
  private func run(
    _ habit: BatchReader.Habit, in parent: String, _ name: String, stop: Int? = nil
  ) throws -> [String: Data] {
    let folder = try RunFolder(in: parent, recipe: "vae", data: "sprites", name: name)
    func trainer() throws -> Trainer {
      let data = try DatasetRegistry.open("sprites:size=16,scales=1,angles=3,positions=3")
      var config = Config(AutoencoderRecipe.vae.settings)
      for setting in ["hidden=6", "latent=2"] { try config.set(setting) }
      let method = try AutoencoderRecipe.vae.make(
        config, data: data.train.schema, using: Generator(seed: 1))
      var options = TrainingOptions(budget: .steps(14))
      (options.batchSize, options.accumulation, options.logInterval) = (6, 2, 1)
      return Trainer(
        method: method, optimizer: Optimizer(Adam(), for: method, learningRate: 0.01), data: data,
        options: options, folder: folder, device: .cpu, group: nil, reading: habit
      ) { _ in }
    }
    if let stop {
      #expect(try trainer().run(until: after(stop)) == .interrupted)
      let again = try trainer()
      try again.restore()
      #expect(try again.run { false } == .finished)
    } else {
      #expect(try trainer().run { false } == .finished)
    }
    return try lastingFiles("\(parent)/\(name)")
  }
}
