import LatentCore

/// What a value must be beyond its type.
struct Check<Value: ArgumentValue>: Sendable {
  /// The condition in words, such as «at least 1».
  let words: String
  /// Whether a value meets it.
  let accepts: @Sendable (Value) -> Bool

  /// Makes a condition.
  init(_ words: String, accepts: @escaping @Sendable (Value) -> Bool) {
    self.words = words
    self.accepts = accepts
  }
}

extension Check where Value: Comparable {
  private init(_ bounds: Bounds<Value>) {
    self.init(bounds.words) { bounds.contains($0) }
  }

  /// `x ≥ lower`.
  static func atLeast(_ lower: Value) -> Check { Check(.atLeast(lower)) }

  /// `x > lower`.
  static func above(_ lower: Value) -> Check { Check(.above(lower)) }

  /// `lower ≤ x ≤ upper`.
  static func between(_ lower: Value, _ upper: Value) -> Check { Check(.between(lower, upper)) }
}
