/// A state that does not fit a model: everything that is wrong, in three lists.
///
///     the state does not fit the model
///       missing: decoder.bias
///       unexpected: decoder.gain, decoder.offset
///       mismatched: encoder.weight expects [3, 4], found [4, 3]
///     Remedy: …
public struct StateMismatch: Error, CustomStringConvertible, Sendable {
  /// A tensor of another shape than its place.
  public struct Shapes: Sendable {
    /// The path of the parameter or buffer.
    public let path: String
    /// The model's shape.
    public let expected: [Int]
    /// The state's shape.
    public let found: [Int]

    package init(path: String, expected: [Int], found: [Int]) {
      self.path = path
      self.expected = expected
      self.found = found
    }
  }

  /// What a state was to be loaded into.
  package enum Target: String, Sendable {
    case model = "the model"
    case optimizer = "the optimiser"
    case average = "the weight average"
  }

  private let target: Target
  /// Paths of the model that the state lacks.
  public let missing: [String]
  /// Keys of the state that the model has no place for.
  public let unexpected: [String]
  /// Tensors whose shapes differ.
  public let mismatched: [Shapes]

  package init(
    of target: Target, missing: [String], unexpected: [String], mismatched: [Shapes]
  ) {
    self.target = target
    self.missing = missing
    self.unexpected = unexpected
    self.mismatched = mismatched
  }

  /// Whether nothing is wrong.
  package var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && mismatched.isEmpty }

  /// One line for each list that is not empty, between the sentence and the remedy.
  public var description: String {
    var lines = ["the state does not fit \(target.rawValue)"]
    if !missing.isEmpty { lines.append("  missing: \(listed(missing))") }
    if !unexpected.isEmpty { lines.append("  unexpected: \(listed(unexpected))") }
    if !mismatched.isEmpty {
      let shapes = mismatched.map { "\($0.path) expects \($0.expected), found \($0.found)" }
      lines.append("  mismatched: \(listed(shapes))")
    }
    lines.append(
      "Remedy: build the model with the configuration that the state was saved with"
        + (target == .model ? ", or pass `ignoring:` to load what fits by name." : "."))
    return lines.joined(separator: "\n")
  }

  /// The first names in full: a wrong model may have hundreds.
  private func listed(_ names: [String]) -> String {
    let most = 12
    let shown = names.prefix(most).joined(separator: ", ")
    return names.count > most ? "\(shown) and \(names.count - most) more" : shown
  }
}
