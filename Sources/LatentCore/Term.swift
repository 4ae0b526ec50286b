public import Torch

/// What a term is measured in.
public enum TermUnit: String, Sendable, Codable {
  /// Natural units of information.
  case nats = "nat"
  /// Binary units of information.
  case bits = "bit"
  /// Bits an element of the example.
  case bitsPerDimension = "bit/dim"
  /// Squared differences of the data's own scale, summed over an example.
  case squaredError = "sq"
  /// A plain number.
  case plain = ""
}

/// One named quantity of a training step: a scalar with a unit, and who minimises it.
///
/// A step's log, report and comparisons know nothing of a method but its terms.
public struct Term {
  /// What becomes of a term.
  public enum Role: Hashable, Sendable {
    /// Added, with its weight, to what the player of this name minimises.
    case minimised(by: String, weight: Double)
    /// Only written down.
    case watched
  }

  /// The field's name, such as `distortion` or `rate`.
  public let name: String
  /// The mean over the batch, a scalar tensor.
  public let value: Tensor
  /// What the value is measured in.
  public let unit: TermUnit
  /// Whether and by whom it is minimised.
  public let role: Role
}

/// The terms of one step, in the order in which they are shown.
///
/// The law: what a player minimises is the weighted sum of its terms, and nothing else enters.
public struct Terms {
  /// The name of the only player of methods that have one.
  public static let model = "model"
  /// The name of the player whose parameters are those of critics.
  public static let critic = "critic"

  /// The terms in order; names are distinct.
  public private(set) var list: [Term] = []
  /// What of the step's `rateWeight` and `freeBits` a rate among them follows.
  public private(set) var obeyed: RateSettings = []

  /// No terms yet.
  public init() {}

  /// Adds `weight` · `value` to what `player` minimises, under a name of its own.
  public mutating func minimise(
    _ name: String, _ value: Tensor, unit: TermUnit, weight: Double = 1,
    by player: String = Terms.model
  ) {
    add(Term(name: name, value: value, unit: unit, role: .minimised(by: player, weight: weight)))
  }

  /// Writes a quantity down that nobody minimises.
  public mutating func watch(_ name: String, _ value: Tensor, unit: TermUnit) {
    add(Term(name: name, value: value.detached(), unit: unit, role: .watched))
  }

  private mutating func add(_ term: Term) {
    precondition(!list.contains { $0.name == term.name }, "two terms are named '\(term.name)'")
    list.append(term)
  }

  /// Says that a rate among the terms follows these numbers of the step; `minimiseRate` does by itself.
  public mutating func obey(_ settings: RateSettings) { obeyed.formUnion(settings) }

  /// Adds all of `other`, whose names must be new.
  public mutating func append(_ other: Terms) {
    for term in other.list { add(term) }
    obeyed.formUnion(other.obeyed)
  }

  /// What `player` minimises: Σ weight · value over its terms, nil if it has none.
  public func total(for player: String = Terms.model) -> Tensor? {
    var total: Tensor?
    for term in list {
      guard case .minimised(by: player, let weight) = term.role else { continue }
      let part = weight == 1 ? term.value : term.value * weight
      total = total.map { $0 + part } ?? part
    }
    return total
  }

  /// The term of this name, or nil.
  public subscript(_ name: String) -> Term? { list.first { $0.name == name } }
}

extension Terms {
  /// The terms as plain numbers, which keep no graph alive; waits for the device.
  public var numbers: [(name: String, unit: String, value: Double)] {
    list.map { ($0.name, $0.unit.rawValue, $0.value.item()) }
  }
}
