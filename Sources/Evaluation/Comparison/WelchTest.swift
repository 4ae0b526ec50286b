/// Whether two groups of seeds differ in their mean, without assuming equal variances.
///
/// t = (ā − b̄)/√(s_a²/n_a + s_b²/n_b) against Student's distribution with Welch and Satterthwaite's
/// degrees of freedom. **Limits**: at least two values a group. **Source**: Welch 1947.
/// SciPy: `ttest_ind(equal_var=False)`.
public struct WelchTest: Sendable, Equatable {
  /// ā − b̄.
  public let difference: Double
  /// √(s_a²/n_a + s_b²/n_b).
  public let standardError: Double
  /// Degrees of freedom.
  public let freedom: Double

  /// The test of two groups; nil if one has fewer than two values.
  public init?(_ a: [Double], _ b: [Double]) {
    guard a.count > 1, b.count > 1 else { return nil }
    let (va, vb) = (variance(a) / Double(a.count), variance(b) / Double(b.count))
    difference = mean(a) - mean(b)
    standardError = (va + vb).squareRoot()
    let parts = va * va / Double(a.count - 1) + vb * vb / Double(b.count - 1)
    freedom = parts > 0 ? (va + vb) * (va + vb) / parts : Double(a.count + b.count - 2)
  }

  /// The probability of so large a difference if there were none.
  public var pValue: Double {
    guard standardError > 0 else { return difference == 0 ? 1 : 0 }
    return StudentDistribution(freedom: freedom).twoSided(difference / standardError)
  }

  /// The 95 % interval of the difference.
  public var interval: [Double] {
    let half = StudentDistribution(freedom: freedom).quantile(0.975) * standardError
    return [difference - half, difference + half]
  }

  /// The smallest true gap that a test at the level `level` would show in 80 of 100 repetitions:
  /// (t_{1−α/2} + t_{0.8}) · standard error.
  public func smallestGap(level: Double = 0.05) -> Double {
    let student = StudentDistribution(freedom: freedom)
    return (student.quantile(1 - level / 2) + student.quantile(0.8)) * standardError
  }
}

/// Hedges' g: (ā − b̄) over the pooled standard deviation, corrected for few values; nil for fewer
/// than two values a group or no spread at all. **Source**: Hedges 1981.
public func hedgesG(_ a: [Double], _ b: [Double]) -> Double? {
  guard a.count > 1, b.count > 1 else { return nil }
  let freedom = Double(a.count + b.count - 2)
  let pooled = (variance(a) * Double(a.count - 1) + variance(b) * Double(b.count - 1)) / freedom
  guard pooled > 0 else { return nil }
  return (mean(a) - mean(b)) / pooled.squareRoot() * (1 - 3 / (4 * freedom - 1))
}

/// Holm's correction: p-values that can be held against the level although all were looked at.
///
/// The i-th smallest of m becomes max over j ≤ i of (m − j + 1) p_j, at most 1. **Source**: Holm 1979.
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  var adjusted = pValues
  var largest = 0.0
  for (rank, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
    largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}

func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

/// With n − 1.
func variance(_ values: [Double]) -> Double {
  let center = mean(values)
  return values.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(values.count - 1)
}
