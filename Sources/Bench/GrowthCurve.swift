public import LatentCore
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How a training step grows along an axis.
public struct GrowthCurve: Sendable {
  /// What was measured at a place.
  public struct Point: Sendable {
    /// The place.
    public let value: Int
    /// The mean of the quickest tenth of steps, in milliseconds.
    public let milliseconds: Double
    /// The work of a step; the peak of tensor memory is in it.
    public let work: Work
    /// The largest resident set of a process that trains, in 2²⁰ bytes.
    public let peakMegabytes: Double

    /// A place with its figures.
    public init(value: Int, milliseconds: Double, work: Work, peakMegabytes: Double) {
      (self.value, self.milliseconds) = (value, milliseconds)
      (self.work, self.peakMegabytes) = (work, peakMegabytes)
    }
  }

  /// Along what.
  public let axis: GrowthAxis
  /// The places in rising order.
  public let points: [Point]

  /// A curve; stops for fewer than two points.
  public init(_ axis: GrowthAxis, _ points: [Point]) {
    precondition(points.count >= 2, "a curve of \(points.count) points has no slope")
    (self.axis, self.points) = (axis, points)
  }

  /// The exponent by which the time grows, over the upper half of the places; below, what every step costs hides it.
  public var timeSlope: Double { slope { $0.milliseconds } }
  /// The exponent by which the peak of tensor memory grows, over the upper half of the places.
  public var memorySlope: Double { slope { Double($0.work.peakBytes) } }

  private func slope(_ quantity: (Point) -> Double) -> Double {
    let upper = points.suffix(max(2, points.count / 2))
    return powerSlope(upper.map { (Double($0.value), quantity($0)) })
  }

  /// The curve as the members of a JSON object.
  public var json: JSONObject {
    [
      "name": .string(axis.name), "title": .string(axis.title),
      "workload": .string(axis.workload), "time_slope": .double(timeSlope),
      "memory_slope": .double(memorySlope),
      "points": .array(
        points.map { point in
          .object([
            "value": .int(point.value), "ms": .double(point.milliseconds),
            "peak_mb": .double(point.peakMegabytes), "work": .object(point.work.json),
          ])
        }),
    ]
  }
}

/// The exponent p of y ≈ c xᵖ, by least squares of the logarithms of positive numbers; NaN for fewer than two places.
public func powerSlope(_ points: [(x: Double, y: Double)]) -> Double {
  let logs = points.map { (x: log($0.x), y: log($0.y)) }
  let count = Double(logs.count)
  let (meanX, meanY) = (logs.reduce(0) { $0 + $1.x } / count, logs.reduce(0) { $0 + $1.y } / count)
  let spread = logs.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
  return logs.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
}

/// The mean of the quickest tenth of the times, of one at least: what a step takes while nobody interrupts it.
public func quickestTenth(_ times: [Double]) -> Double {
  let quick = times.sorted().prefix(max(1, times.count / 10))
  return quick.reduce(0, +) / Double(quick.count)
}
