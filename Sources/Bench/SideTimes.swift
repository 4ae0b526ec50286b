public import LatentCore

/// What one side needed for a workload, from one process a round.
public struct SideTimes: Sendable, Hashable {
  /// The median time of a step of each process, in milliseconds.
  public private(set) var medians: [Double] = []
  /// The least time of a step of each process, in milliseconds.
  public private(set) var minima: [Double] = []
  /// The largest resident set of any process, in 2²⁰ bytes.
  public private(set) var peakMegabytes = 0.0

  /// Nothing measured yet.
  public init() {}

  /// Adds a process with the times of its steps, of which there is one at least.
  public mutating func add(_ milliseconds: [Double], peakMegabytes: Double) {
    medians.append(median(milliseconds))
    minima.append(milliseconds.min() ?? .nan)
    self.peakMegabytes = max(self.peakMegabytes, peakMegabytes)
  }

  /// The median over processes of their medians.
  public var typical: Double { median(medians) }
  /// The least time of all.
  public var least: Double { minima.min() ?? .nan }

  /// `median_ms`, `min_ms`, `spread` (the largest median over the smallest) and `peak_mb`.
  public var json: JSONObject {
    [
      "median_ms": .double(typical), "min_ms": .double(least),
      "spread": .double((medians.max() ?? .nan) / (medians.min() ?? .nan)),
      "peak_mb": .double(peakMegabytes),
    ]
  }
}

/// The middle of the values, or the mean of the two in the middle; NaN for none.
public func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count.isMultiple(of: 2)
    ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
}
