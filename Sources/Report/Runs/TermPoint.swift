/// One value of one term of a run's log.
public struct TermPoint: Sendable, Hashable {
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

extension TermPoint: Codable {
  private enum Key: String, CodingKey { case step, epoch, split, name, unit, value }

  /// Reads the point; `null` as value means that there was no finite number.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    self.init(
      step: try values.decode(Int.self, forKey: .step),
      epoch: try values.decode(Double.self, forKey: .epoch),
      split: try values.decode(String.self, forKey: .split),
      name: try values.decode(String.self, forKey: .name),
      unit: try values.decode(String.self, forKey: .unit),
      value: try values.decode(NumberOrNull.self, forKey: .value).value)
  }

  /// Writes the point; a value that is not finite as `null`.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(step, forKey: .step)
    try values.encode(epoch, forKey: .epoch)
    try values.encode(split, forKey: .split)
    try values.encode(name, forKey: .name)
    try values.encode(unit, forKey: .unit)
    try values.encode(NumberOrNull(value), forKey: .value)
  }
}
