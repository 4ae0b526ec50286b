import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Torch

/// One update of a trainer, recorded: the terms, their gradients, the optimiser's step and what the method does after it.
///
/// A term that is no finite number keeps the optimiser from changing anything, as in an ordinary step, but what the method does after
/// a step is done. The average of the weights is not in it: it is moved after each replay.
final class RecordedStep {
  /// Whether a replay may stand for a step.
  enum Fitness: Equatable {
    case fits
    /// A batch of another form.
    case otherBatch
    /// A number that the method reads has changed.
    case otherNumbers
    /// A tensor of the model lies elsewhere.
    case otherMemory(String)
  }

  private let work: RecordedWork
  private let batch: Batch
  private let update: RecordedUpdate
  private let memory: ModelMemory
  private let numbers: [StepReads.Number: Double]
  private var names: [(name: String, unit: String)] = []
  /// The terms and what is minimised, float64.
  private var values: Tensor
  /// Whether it was replayed once.
  private(set) var isProven = false

  /// Records what `trainer` does with a batch; throws what stands against it, and then nothing has changed.
  init(_ part: Part, _ place: Step, in trainer: Trainer) throws {
    let batch = part.batch.copied()
    let update = RecordedUpdate(of: trainer.optimizer)
    let memory = ModelMemory(of: trainer.method.model)
    let reads = StepReads()
    var place = place
    place.reads = reads
    var names: [(name: String, unit: String)] = []
    var values = Tensor.zeros([0])
    do {
      work = try RecordedWork(on: trainer.device, drawing: trainer.noise) {
        let (_, read) = try HostReads.during {
          (names, values) = try trainer.recordedUpdate(batch, place, update)
        }
        if let read { throw CaptureRefusal("the method reads \(read)") }
      }
      if let path = memory.change { throw CaptureRefusal("\(path) is replaced by a step") }
      if reads.numbers.contains(.index) {
        throw CaptureRefusal("the method follows the number of the step")
      }
    } catch {
      memory.restore()
      throw error
    }
    (self.batch, self.update, self.memory) = (batch, update, memory)
    (self.names, self.values) = (names, values)
    numbers = place.numbers(reads.numbers)
  }

  /// Whether a replay does what an ordinary step with this batch would do.
  func fitness(_ given: Batch, _ place: Step, of trainer: Trainer) -> Fitness {
    if !batch.hasForm(of: given) { return .otherBatch }
    if place.numbers(Set(numbers.keys)) != numbers { return .otherNumbers }
    if let path = memory.change { return .otherMemory(path) }
    return update.prepare() ? .fits : .otherMemory("a count of steps")
  }

  /// Does the step with this batch; throws as `Trainer.step` does.
  func replay(_ part: Part, _ place: Step, in trainer: Trainer) throws {
    let noise = isProven ? nil : trainer.noise.state
    do {
      batch.overwrite(with: part.batch)
      try work.replay()
      isProven = true
    } catch {
      if let noise { trainer.noise.state = noise }
      throw error
    }
    let read = values.scalars(as: Double.self)
    let terms = zip(names, read).map { (name: $0.name, unit: $0.unit, value: $1) }
    try trainer.check(terms)
    update.count()
    trainer.state.running.add(terms + trainer.annealed(place), count: part.count)
    for player in trainer.method.players.prefix(1) {
      try trainer.watch(read[names.count], of: player)
    }
  }
}

/// What was found to stand against a recording while it was made.
struct CaptureRefusal: Error, CustomStringConvertible {
  /// The reason, in words that follow «because».
  let description: String

  init(_ description: String) { self.description = description }
}

extension Trainer {
  /// The operations of one update, and where its numbers will be: the terms, then what is minimised.
  fileprivate func recordedUpdate(
    _ batch: Batch, _ place: Step, _ update: RecordedUpdate
  ) throws -> (names: [(name: String, unit: String)], values: Tensor) {
    let player = method.players[0]
    let (loss, found, gradients) = try valueAndGradient(of: method.model) { _ in
      let terms = try self.terms(batch, place)
      let kept = terms.list.map { ($0.name, $0.unit.rawValue, $0.value.detached()) }
      return (terms.total(for: player.name) ?? Tensor(0), kept)
    }
    return withoutGradients {
      let each = (found.map(\.2) + [loss]).map { $0.to(.float64).reshaped([]) }
      let values = stacked(each)
      let isFinite = values[0..<found.count].isFinite.all()
      let clipped = options.gradientClip.map { gradients.clipped(toNorm: $0) } ?? gradients
      update.update(with: clipped, unless: (.!isFinite).to(.float32))
      method.afterStep(place)
      return (found.map { ($0.0, $0.1) }, values)
    }
  }
}
