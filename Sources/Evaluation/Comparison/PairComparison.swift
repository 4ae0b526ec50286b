/// What can be said of two groups in one metric.
public struct PairComparison: Sendable, Equatable {
  /// What the evidence comes to.
  public enum Verdict: String, Sendable {
    /// The first is larger, beyond what seeds and points explain.
    case firstLarger = "first larger"
    /// The second is larger, beyond what seeds and points explain.
    case secondLarger = "second larger"
    /// Seeds or points explain the difference.
    case noDifference = "no difference shown"
    /// One seed a side and no points: nothing can be said.
    case notTestable = "cannot be tested"
  }

  /// The first group's name.
  public let first: String
  /// The second group's name.
  public let second: String
  /// The mean of the first less that of the second.
  public let difference: Double
  /// The test over seeds; nil for one seed a side.
  public let seeds: WelchTest?
  /// The paired bootstrap over held-out points; nil for metrics of the whole.
  public let points: PairedBootstrap?
  /// Hedges' g over seeds, or nil.
  public let effectSize: Double?
  /// The p-value over seeds after Holm's correction for all that was compared; nil without seeds.
  public internal(set) var adjustedP: Double?
  /// How many comparisons the correction counts.
  public internal(set) var comparisons = 1

  /// Two groups, not yet corrected for others; `seed` is that of the bootstrap.
  public init(_ first: ComparedGroup, _ second: ComparedGroup, seed: UInt64 = 0) {
    self.first = first.name
    self.second = second.name
    difference = mean(first.values) - mean(second.values)
    seeds = WelchTest(first.values, second.values)
    effectSize = hedgesG(first.values, second.values)
    adjustedP = seeds?.pValue
    if let a = first.meanScores, let b = second.meanScores, a.count == b.count {
      points = PairedBootstrap(differences: zip(a, b).map { $0 - $1 }, seed: seed)
    } else {
      points = nil
    }
  }

  /// The smallest true gap that these seeds would show in 80 of 100 repetitions; nil without seeds.
  public var smallestGap: Double? {
    seeds?.smallestGap(level: 0.05 / Double(comparisons))
  }

  /// A difference is shown only if neither seeds (at 5 % after correction) nor points explain it.
  public var verdict: Verdict {
    if seeds == nil && points == nil { return .notTestable }
    if let adjustedP, adjustedP >= 0.05 { return .noDifference }
    if let points, !points.excludesZero { return .noDifference }
    return difference > 0 ? .firstLarger : .secondLarger
  }

  /// All pairs of `groups`, corrected together.
  public static func all(_ groups: [ComparedGroup], seed: UInt64 = 0) -> [PairComparison] {
    var pairs: [PairComparison] = []
    for (index, first) in groups.enumerated() {
      for second in groups[(index + 1)...] {
        pairs.append(PairComparison(first, second, seed: seed))
      }
    }
    correct(&pairs)
    return pairs
  }

  /// Corrects the p-values for all comparisons of the list that have one.
  public static func correct(_ pairs: inout [PairComparison]) {
    let tested = pairs.indices.filter { pairs[$0].seeds != nil }
    let adjusted = holmAdjusted(tested.compactMap { pairs[$0].seeds?.pValue })
    for (index, value) in zip(tested, adjusted) {
      pairs[index].adjustedP = value
      pairs[index].comparisons = tested.count
    }
  }
}
