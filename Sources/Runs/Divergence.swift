/// Something that ends training because the numbers are no use any more.
public struct Divergence: Error, CustomStringConvertible, Sendable {
  /// What happened, such as `elbo was no finite number`.
  public let what: String
  /// Updates done before.
  public let step: Int

  /// What happened, and when.
  public var description: String { "\(what) after step \(step)" }
}

/// Notices a loss that explodes: one that stays far above where it began.
///
/// A player's loss explodes when it is above L₀ + limit · max(|L₀|, 1) in ten updates in a row, where L₀ is its
/// loss in the first update. One bad batch is therefore none, and neither is a weight that rises by
/// annealing; a loss that is no number ends training at once and does not come here.
struct LossWatch: Codable, Sendable, Equatable {
  /// What is known of one player.
  struct Course: Codable, Sendable, Equatable {
    var first: Double
    /// Updates in a row above the limit.
    var above = 0
  }

  private(set) var courses: [String: Course] = [:]
  /// The updates in a row that make an explosion.
  static let patience = 10

  /// Takes a player's loss of an update; returns what to say if it has exploded.
  mutating func add(_ loss: Double, of player: String, limit: Double) -> String? {
    var course = courses[player] ?? Course(first: loss)
    let isAbove = loss > course.first + limit * max(course.first.magnitude, 1)
    course.above = isAbove ? course.above + 1 : 0
    courses[player] = course
    guard course.above >= Self.patience else { return nil }
    let whose = courses.count > 1 ? " of \(player)" : ""
    return "the loss\(whose) rose from \(Float(course.first)) to \(Float(loss))"
  }

  /// Whether the latest loss of a player was above the limit, so that the weights are no good ones.
  var isAlarmed: Bool { courses.values.contains { $0.above > 0 } }
}
