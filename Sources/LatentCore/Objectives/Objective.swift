public import LatentNN

/// What an autoencoder is trained for: adds its terms for one pass of a batch.
///
/// Objectives are values that compose: `ELBO(beta: 4) + TotalCorrelationPenalty(weight: 6)`. One that has a
/// critic to train owns it as a `Module` and charges the critic's terms to `Critic.player`.
public protocol Objective {
  /// Adds the terms of this batch.
  func add(to terms: inout Terms, _ pass: Pass)
  /// Modules that are trained against the autoencoder; by default none.
  var critics: [Module] { get }
  /// Who is optimised against what, or nil for one player (and one more if there are critics).
  var players: [Player]? { get }
}

extension Objective {
  /// None.
  public var critics: [Module] { [] }

  /// The usual ones.
  public var players: [Player]? { nil }

  /// The terms of one pass.
  public func terms(_ pass: Pass) -> Terms {
    var terms = Terms()
    add(to: &terms, pass)
    return terms
  }
}

/// Both objectives on the same pass.
public struct ObjectiveSum: Objective {
  /// What is added first.
  public let first: any Objective
  /// What is added then.
  public let second: any Objective

  /// The terms of both.
  public func add(to terms: inout Terms, _ pass: Pass) {
    first.add(to: &terms, pass)
    second.add(to: &terms, pass)
  }

  /// Those of both.
  public var critics: [Module] { first.critics + second.critics }

  /// Those of the first that names any.
  public var players: [Player]? { first.players ?? second.players }
}

/// The sum of two objectives.
public func + (first: any Objective, second: any Objective) -> ObjectiveSum {
  ObjectiveSum(first: first, second: second)
}
