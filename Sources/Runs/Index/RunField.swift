/// What every run has beside its settings and metrics: a key of its own, a column of the index.
public enum RunField: String, Sendable, CaseIterable {
  /// The folder's name.
  case name
  /// `running`, `finished`, `interrupted`, `failed`, or `damaged` for a record that does not read.
  case status
  /// The recipe's name.
  case recipe
  /// What the user named as data.
  case data
  /// The number that all randomness came from.
  case seed
  /// When it began, ISO 8601 in UTC.
  case start
  /// When it ended.
  case end
  /// Minutes at work.
  case minutes
  /// When it was to stop, such as `epochs=10`.
  case budget
  /// The device.
  case device
  /// The package's version.
  case version
  /// The package's commit.
  case commit
  /// LibTorch's version.
  case libtorch
  /// The fingerprint of the data.
  case fingerprint
}
