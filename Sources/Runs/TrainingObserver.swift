/// Where a run stands, for whoever watches.
public struct TrainingProgress: Sendable {
  /// Updates done.
  public var step: Int
  /// Updates in all, as far as is known.
  public var totalSteps: Int
  /// Epochs done, with the fraction of the present one.
  public var epoch: Double
  /// Epochs in all, nil for budgets in steps or minutes.
  public var totalEpochs: Int?
  /// The share of the budget used, 0 … 1.
  public var fraction: Double
  /// Seconds at work in this process.
  public var seconds: Double
  /// Seconds to the end of a budget in minutes, nil for others.
  public var secondsLeft: Double?
  /// Updates done before this process.
  public var firstStep: Int
  /// The means of the terms over the latest steps.
  public var terms: [(name: String, unit: String, value: Double)]
}

/// What happened at a moment of training.
public enum TrainingNotice: Sendable {
  /// Steps were done.
  case progress(TrainingProgress)
  /// Held-out data was read at the end of an epoch.
  case validated(step: Int, terms: [(name: String, unit: String, value: Double)], isBest: Bool)
}

/// How training ended.
public enum TrainingOutcome: Sendable, Equatable {
  /// The budget is used up, or patience is.
  case finished
  /// On request; the state is kept.
  case interrupted
  /// Something happened after a step that makes the numbers useless, such as `elbo was no finite
  /// number`; the checkpoint on the disk is a good one from before, of step `lastGood`.
  case diverged(String, step: Int, lastGood: Int)
}
