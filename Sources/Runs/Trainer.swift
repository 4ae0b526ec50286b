public import Datasets
public import LatentCore
public import LatentLearning
import LatentNN
public import Parallel
public import Torch

/// Drives a method through its data: updates, validation, checkpoints, events.
///
/// A run is a function of its config, seed and data: interrupted anywhere and resumed, it ends with
/// the same bits, because all it depends on is in the checkpoint. Selection of `best` is by the
/// method's own term on validation data; test data is never read here.
public final class Trainer {
  let method: any Method
  let optimizer: Optimizer
  let data: DatasetSplits
  let options: TrainingOptions
  let folder: RunFolder
  let device: Device
  /// The average of the weights, if one is kept.
  let average: WeightAverage?
  let rateWeight: Schedule
  /// When steps are recorded and replayed.
  var captureHabit = StepCapture.Habit.wherePossible
  /// The recording of steps, from the beginning of `run`.
  private(set) var capture: StepCapture?
  /// The part in a training of several processes; nil for a process on its own.
  let shared: SharedTraining?
  var order: BatchOrder
  /// Reads the training data.
  let reader: BatchReader
  var noise: Generator
  /// Where draws of the weights come from, where the optimiser makes some.
  var weightNoise: Generator
  var state = TrainingState()
  var clock = Clock()
  let observe: (TrainingNotice) -> Void
  /// Seconds at work before this process.
  var secondsBefore = 0.0
  /// Seconds of these in which updates waited for their examples.
  var waitedBefore = 0.0
  /// Updates done before this process.
  var firstStep = 0
  /// The step of the checkpoint on the disk.
  var checkpointStep = 0
  /// Is called each time that a checkpoint is written.
  var afterCheckpoint: () throws -> Void = {}

  /// A run of `method` on `data` into `folder`, from the beginning.
  ///
  /// The model is moved to `device`, and so is each batch; the noise is drawn there. With a `group` of
  /// several processes this one does its rows of each batch, and process 0 alone writes.
  public convenience init(
    method: any Method, optimizer: Optimizer, data: DatasetSplits, options: TrainingOptions,
    folder: RunFolder, device: Device = .current, group: (any ProcessGroup)? = nil,
    observe: @escaping (TrainingNotice) -> Void
  ) {
    self.init(
      method: method, optimizer: optimizer, data: data, options: options, folder: folder,
      device: device, group: group, reading: .whereSlow, observe: observe)
  }

  init(
    method: any Method, optimizer: Optimizer, data: DatasetSplits, options: TrainingOptions,
    folder: RunFolder, device: Device, group: (any ProcessGroup)?, reading habit: BatchReader.Habit,
    observe: @escaping (TrainingNotice) -> Void
  ) {
    self.method = method
    self.optimizer = optimizer
    self.data = data
    self.options = options
    self.folder = folder
    self.device = device
    self.observe = observe
    method.model.to(device)
    shared = group.map { SharedTraining($0, method) }
    average = options.averageDecay.map { WeightAverage(of: method.model, decay: .constant($0)) }
    rateWeight = options.klAnnealing.schedule(
      steps: options.scheduleLength(examples: data.train.count))
    order = BatchOrder(
      count: data.train.count, batchSize: options.updateSize,
      seed: SeedPurpose.order.seed(for: options.seed))
    reader = BatchReader(data.train, device: device, habit: habit)
    noise = Generator(seed: SeedPurpose.noise.seed(for: options.seed), device: device)
    weightNoise = Generator(seed: SeedPurpose.weights.seed(for: options.seed), device: device)
  }

  /// Trains until the budget is used up, `isStopped` says so after a step, or the loss diverges.
  ///
  /// Throws `FileError` when the folder cannot be written to, what was reported is kept; `RecipeError` for
  /// settings of the rate where the method has none; `DeviceError` for a precision that the device lacks.
  public func run(
    until isStopped: () -> Bool = { StopRequest.isMade }
  ) throws -> TrainingOutcome {
    try options.precision.check(on: device)
    let log = leads ? try EventLog(folder, keeping: state.eventLength) : nil
    clock = Clock()
    firstStep = state.step
    defer { reader.settle() }
    do {
      return try withDevice(device) { try capturing { try train(log, until: isStopped) } }
    } catch let found as Divergence {
      return .diverged(found.what, step: found.step, lastGood: checkpointStep)
    }
  }

  /// One line about the replay of steps, nil where there is none to speak of.
  var captureSummary: String? {
    device.kind == .cpu && captureHabit != .always ? nil : capture?.summary
  }

  /// Runs `body` where steps can be recorded, if they may be.
  private func capturing(_ body: () throws -> TrainingOutcome) throws -> TrainingOutcome {
    let capture = StepCapture(for: self)
    self.capture = capture
    guard capture.reason == nil else { return try body() }
    let stream: OwnStream
    do {
      stream = try OwnStream(of: device)
    } catch {
      capture.refuse("\(error)")
      return try body()
    }
    defer { stream.leave() }
    return try body()
  }

  /// Whether this process writes the run's files.
  var leads: Bool { shared?.group.leads ?? true }

  private func train(_ log: EventLog?, until isStopped: () -> Bool) throws -> TrainingOutcome {
    var lastCheckpoint = clock.seconds
    if state.step == 0 {
      try (method as? any Prepares)?.prepare(data.train)
      shared?.unite(method.model)
      try checkpoint(log)
    }
    while true {
      let (isUsed, isStopped) = course(isStopped)
      if isUsed { break }
      if isStopped {
        try checkpointUnlessAlarmed(log)
        return .interrupted
      }
      try step()
      if state.step.isMultiple(of: options.logInterval) { try report(log) }
      if order.epoch >= state.nextValidation { try validate(log) }
      if clock.seconds - lastCheckpoint >= options.checkpointSeconds {
        try checkpointUnlessAlarmed(log)
        lastCheckpoint = clock.seconds
      }
    }
    if !state.running.isEmpty { try report(log) }
    try checkpoint(log)
    return .finished
  }

  /// Whether the budget is used up, and if not whether somebody wants to stop; all processes hear the same.
  private func course(_ isStopped: () -> Bool) -> (isUsed: Bool, isStopped: Bool) {
    if let shared { return shared.agree(isUsed: isBudgetUsed, isStopped: isStopped()) }
    let isUsed = isBudgetUsed
    return (isUsed, !isUsed && isStopped())
  }

  /// While a loss is above its limit the weights may be spoilt: the former checkpoint stays, from
  /// which the same steps are done again.
  private func checkpointUnlessAlarmed(_ log: EventLog?) throws {
    if !state.losses.isAlarmed { try checkpoint(log) }
  }

  /// Runs `body` with the weights that are judged and handed out: the averages if they are kept.
  public func withAveragedWeights<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard let average, average.count > 0 else { return try body() }
    return try average.withAverage(body)
  }
}
