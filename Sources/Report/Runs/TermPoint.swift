/// One value of one term of a run's log.
public struct TermPoint: Sendable, Hashable, Codable {
  /// The optimisation step.
  public var step: Int
  /// The pass through the data; fractions are allowed.
  public var epoch: Double
  /// Which part of the data, such as `train` or `validation`.
  public var split: String
  /// The term, such as `elbo` or `rate`.
  public var name: String
  /// Its unit, such as `nat`.
  public var unit: String
  /// The value; may be NaN when training failed.
  public var value: Double

  /// A value of a term.
  public init(
    step: Int, epoch: Double, split: String, name: String, unit: String, value: Double
  ) {
    self.step = step
    self.epoch = epoch
    self.split = split
    self.name = name
    self.unit = unit
    self.value = value
  }
}
