/// The formula by which an optimiser changes parameters: a value that holds its constants.
///
/// A rule remembers nothing; what must be kept from step to step are named tensors, the slots, each in
/// the shape of its parameter, at first zero or `initialValue(of:)`. The rate comes with the batch, so that schedules
/// need nothing of the rule.
public protocol UpdateRule: Sendable {
  /// The names of the tensors that are kept for a parameter; they are keys of checkpoints.
  var slots: [String] { get }

  /// What every element of a slot is before the first step; 0 if nothing else is said.
  func initialValue(of slot: String) -> Double

  /// Changes the parameters and slots of `batch` by one step.
  func update(_ batch: UpdateBatch)
}

extension UpdateRule {
  /// Zero.
  public func initialValue(of slot: String) -> Double { 0 }
}
