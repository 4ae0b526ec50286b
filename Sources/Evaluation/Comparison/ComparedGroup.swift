/// Models that differ in their seed only, measured on the same held-out points.
public struct ComparedGroup: Sendable, Equatable {
  /// One trained model.
  public struct Member: Sendable, Equatable {
    /// Where it comes from, such as its run folder.
    public let name: String
    /// One score for each held-out point, in the points' order; empty for a metric of the whole.
    public let scores: [Double]
    /// The metric of the whole: the mean of the scores where there are any.
    public let value: Double

    /// A model by its scores.
    public init(_ name: String, scores: [Double]) {
      precondition(!scores.isEmpty, "\(name) has no scores")
      self.name = name
      self.scores = scores
      value = Evaluation.mean(scores)
    }

    /// A model by one number.
    public init(_ name: String, value: Double) {
      self.name = name
      self.value = value
      scores = []
    }
  }

  /// What the group is called, such as `vae beta=4`.
  public let name: String
  /// A model a seed.
  public let members: [Member]

  /// A group of at least one model.
  public init(_ name: String, _ members: [Member]) {
    precondition(!members.isEmpty, "the group \(name) is empty")
    self.name = name
    self.members = members
  }

  /// The metric of each member.
  public var values: [Double] { members.map(\.value) }

  /// The mean of the metric over the members.
  public var mean: Double { Evaluation.mean(values) }

  /// The scores averaged over the members, or nil unless all have as many.
  public var meanScores: [Double]? {
    let count = members[0].scores.count
    guard count > 0, members.allSatisfy({ $0.scores.count == count }) else { return nil }
    return (0..<count).map { point in Evaluation.mean(members.map { $0.scores[point] }) }
  }

  /// The mean over the members with Student's 95 % interval; nil for one member.
  public var interval: [Double]? { StudentDistribution.interval(ofMean: values) }
}
