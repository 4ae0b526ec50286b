import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Torch

/// What a run would take, from a few of its steps.
public struct TrainingCost: Sendable {
  /// Numbers that training changes.
  public var parameters: Int
  /// Updates in the whole budget; fewer if patience ends the run.
  public var steps: Int
  /// Seconds of an update, the mean over the steps that were tried.
  public var secondsPerStep: Double
  /// The share of it in which a step waits for its examples, 0 … 1.
  public var waitingShare: Double
  /// Times that held-out data are read.
  public var validations: Int
  /// Seconds of one reading.
  public var secondsPerValidation: Double
  /// Bytes that a checkpoint writes; the time of writing them is not in `seconds`.
  public var checkpointBytes: Int
  /// The largest resident set of the process so far in bytes, nil where the system does not tell.
  public var peakMemory: Int?
  /// The most that tensors took on the device; 0 on the CPU.
  public var peakDeviceMemory: Int

  /// Seconds of training: steps and validations.
  public var seconds: Double {
    Double(steps) * secondsPerStep + Double(validations) * secondsPerValidation
  }

  /// Minutes of training.
  public var minutes: Double { seconds / 60 }
}

extension TrainingRequest {
  /// Does `steps` steps of the run in memory, more if they take less than a second, and says what the
  /// whole would take. Nothing is written.
  ///
  /// Throws what beginning the run would throw, and `Divergence`.
  public func measureCost(steps: Int = 20) throws -> TrainingCost {
    let method = try makeMethod()
    let options = TrainingSettings.options(config, budget: effectiveBudget, seed: seed)
    let optimizer = TrainingSettings.optimizer(
      config, for: method, steps: options.scheduleLength(examples: splits.train.count),
      examples: splits.train.count)
    let trainer = Trainer(
      method: method, optimizer: optimizer, data: splits, options: options,
      folder: RunFolder(unmade: parent)
    ) { _ in }
    return try trainer.measureCost(steps: steps)
  }
}

extension Trainer {
  /// The cost of the run from `count` steps, which change the method.
  func measureCost(steps count: Int) throws -> TrainingCost {
    try withDevice(device) {
      // The first steps find kernels and memory and are slower than the rest, and by them it is decided
      // whether examples are read ahead.
      for _ in 0..<3 + BatchReader.judged { try step() }
      let (clock, waited) = (Clock(), reader.secondsWaited)
      let perStep = try meanSeconds(atLeast: count) { try step() }
      let waitingShare = (reader.secondsWaited - waited) / clock.seconds
      reader.settle()
      let perValidation = try secondsOfValidation()
      let bytes = snapshot.byteCount
      var cost = TrainingCost(
        parameters: method.model.trainableParameters.reduce(0) { $0 + $1.parameter.count },
        steps: 0, secondsPerStep: perStep, waitingShare: waitingShare, validations: 0,
        secondsPerValidation: perValidation,
        checkpointBytes: bytes, peakMemory: Memory.peakResident,
        peakDeviceMemory: Memory.peakAllocated(on: device))
      cost.steps = steps(perStep, perValidation)
      cost.validations = validations(steps: cost.steps)
      return cost
    }
  }

  private func meanSeconds(atLeast count: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = Clock()
    var done = 0
    while done < count || clock.seconds < 1 {
      try body()
      done += 1
    }
    return clock.seconds / Double(done)
  }

  /// Of a whole reading of the held-out data, from as much of it as a second allows.
  private func secondsOfValidation() throws -> Double {
    guard let held = data.validation, held.count > 0 else { return 0 }
    let size = min(512, held.count)
    let generator = Generator(seed: 0, device: device)
    let place = Step(index: 0, epoch: 0, exampleCount: held.count, generator: generator)
    let part = Array(0..<size)
    let perPart = try meanSeconds(atLeast: 1) {
      let batch = try held.batch(part).to(device)
      withoutGradients {
        evaluating(method.model) { _ = method.heldOutTerms(batch, place).numbers }
      }
    }
    return perPart * Double(held.count) / Double(size)
  }

  /// The updates of the budget, for one in minutes as many as fit.
  private func steps(_ perStep: Double, _ perValidation: Double) -> Int {
    if let steps = options.steps(examples: order.count) { return steps }
    guard case .minutes(let length) = options.budget else { return 0 }
    let between = options.validationInterval * options.updatesPerEpoch(examples: order.count)
    let each = perStep + perValidation / Double(between)
    return Int(exactly: (length * 60 / each).rounded()) ?? .max
  }

  private func validations(steps: Int) -> Int {
    guard data.validation != nil else { return 0 }
    return steps / options.updatesPerEpoch(examples: order.count) / options.validationInterval
  }
}

extension Checkpoint {
  /// The bytes of its tensors, in the state and in the file of the weights.
  fileprivate var byteCount: Int {
    func bytes(_ tensors: [String: Tensor]) -> Int {
      tensors.values.reduce(0) { $0 + $1.byteCount }
    }
    return 2 * bytes(model) + bytes(optimizer.tensors) + bytes(average?.tensors ?? [:])
      + bytes(generators)
  }
}
