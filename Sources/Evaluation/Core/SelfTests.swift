import Synchronization

/// The metrics whose known answer was met in this process.
public enum SelfTests {
  private static let passed = Mutex<Set<String>>([])

  /// Runs the known answer of `metric` unless it was met before in this process.
  ///
  /// Throws what `checkKnownAnswer()` throws; a metric that failed is tried again at its next use.
  public static func pass(_ metric: any Metric) throws {
    let key = "\(metric.name) \(metric.version)"
    if passed.withLock({ $0.contains(key) }) { return }
    try metric.checkKnownAnswer()
    passed.withLock { _ = $0.insert(key) }
  }
}

extension Metric {
  /// Throws `MetricError` unless `found` is within `tolerance` of the known answer.
  public func expectKnown(_ found: Double, _ expected: Double, tolerance: Double = 1e-6) throws {
    guard abs(found - expected) <= tolerance else {
      throw MetricError(
        metric: name, "self-test: expected \(expected) ± \(tolerance), found \(found)",
        remedy: "do not use its numbers; run bin/test, and report what fails")
    }
  }
}
