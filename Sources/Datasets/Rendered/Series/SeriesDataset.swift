#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Torch

/// Which time series there are.
public struct SeriesPlan: Sendable, Hashable {
  /// The number of series.
  public var count: Int
  /// The number of values in a series.
  public var length: Int
  /// The standard deviation of the noise on each value.
  public var noise: Double
  /// The chance of each value to be missing.
  public var missing: Double
  /// Whether times are drawn uniformly and sorted; otherwise they are (i + ½)/length.
  public var isIrregular: Bool
  /// What decides all draws.
  public var seed: UInt64

  /// 10,000 regular series of 64 values with a little noise and none missing.
  public init(
    count: Int = 10_000, length: Int = 64, noise: Double = 0.05, missing: Double = 0,
    isIrregular: Bool = false, seed: UInt64 = 0
  ) {
    self.count = count
    self.length = length
    self.noise = noise
    self.missing = missing
    self.isIrregular = isIrregular
    self.seed = seed
  }
}

/// Rendered time series x(t) = a sin(2π (f t + p)) + b (t − ½) + noise for t from 0 to 1.
///
/// The amplitude a is uniform in ½ … 2, the frequency f in 1 … 6 waves, the trend b in −2 … 2 and
/// the phase p in 0 … 1; these four are the continuous factors. Example i is drawn from the seed
/// and i alone, when a batch asks for it. Examples are [1, length]; the parts `times` and `mask`
/// [n, length] tell when a value was taken and whether it was observed (1) or is missing (0, and
/// its value 0).
public final class SeriesDataset: Dataset {
  /// `series`.
  public let name = "series"
  /// Series of one channel and four continuous factors.
  public let schema: DatasetSchema
  /// The number of series.
  public let count: Int
  private let plan: SeriesPlan

  /// The series of a plan; throws `DatasetError` for counts below 1 and chances outside 0 … 1.
  public init(_ plan: SeriesPlan = SeriesPlan()) throws {
    guard (1...1_000_000_000).contains(plan.count), (1...1_000_000).contains(plan.length),
      plan.noise >= 0, plan.noise.isFinite, (0...1).contains(plan.missing)
    else {
      throw DatasetError(
        .usage, subject: name,
        problem: "expected counts from 1, noise from 0 and a chance from 0 to 1, found "
          + "\(plan.count), \(plan.length), \(plan.noise) and \(plan.missing)",
        remedy: "choose other numbers")
    }
    self.plan = plan
    count = plan.count
    schema = DatasetSchema(
      .series, shape: [1, plan.length],
      factors: [
        Factor(continuous: "amplitude"), Factor(continuous: "frequency"),
        Factor(continuous: "trend"), Factor(continuous: "phase", isPeriodic: true),
      ])
  }

  /// The hash of the plan, which determines every value.
  public var fingerprint: String {
    Fingerprint(
      text: "rendered series 1 count=\(plan.count) length=\(plan.length) noise=\(plan.noise) "
        + "missing=\(plan.missing) irregular=\(plan.isIrregular) seed=\(plan.seed)\n"
    ).value()
  }

  /// Draws the series with these indices.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    var values: [Float] = []
    var times: [Float] = []
    var masks: [Float] = []
    var factors: [Float] = []
    for index in indices {
      var random = ExampleRandom(seed: plan.seed, index: index)
      let wave = Wave(using: &random)
      factors += wave.factors
      for time in drawTimes(&random) {
        let value = wave.value(at: time) + plan.noise * random.normal()
        let isThere = random.uniform(0, 1) >= plan.missing
        times.append(Float(time))
        masks.append(isThere ? 1 : 0)
        values.append(isThere ? Float(value) : 0)
      }
    }
    let n = indices.count
    return Batch(
      examples: Tensor(values, shape: [n, 1, plan.length]),
      factors: Tensor(factors, shape: [n, 4]),
      extras: [
        "times": Tensor(times, shape: [n, plan.length]),
        "mask": Tensor(masks, shape: [n, plan.length]),
      ], indices: indices)
  }

  private func drawTimes(_ random: inout ExampleRandom) -> [Double] {
    if plan.isIrregular { return (0..<plan.length).map { _ in random.uniform(0, 1) }.sorted() }
    return (0..<plan.length).map { (Double($0) + 0.5) / Double(plan.length) }
  }
}

/// One series without its noise.
private struct Wave {
  let amplitude: Double
  let frequency: Double
  let trend: Double
  let phase: Double

  init(using random: inout ExampleRandom) {
    amplitude = random.uniform(0.5, 2)
    frequency = random.uniform(1, 6)
    trend = random.uniform(-2, 2)
    phase = random.uniform(0, 1)
  }

  var factors: [Float] { [Float(amplitude), Float(frequency), Float(trend), Float(phase)] }

  func value(at time: Double) -> Double {
    amplitude * sin(2 * Double.pi * (frequency * time + phase)) + trend * (time - 0.5)
  }
}

extension ExampleRandom {
  /// A standard normal number (G. Box, M. Muller 1958), its partner thrown away.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform(0, 1))).squareRoot()
    return radius * cos(2 * Double.pi * uniform(0, 1))
  }
}
