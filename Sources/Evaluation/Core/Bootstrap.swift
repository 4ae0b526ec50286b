import Torch

/// How often each example stands in a resample of all of them, drawn with replacement.
struct Bootstrap {
  private let count: Int
  private let generator: Generator

  /// Resamples of `count` examples from a generator of its own.
  init(count: Int, seed: UInt64) {
    self.count = count
    // Not the generator that chose the examples: the same numbers would tie the two together.
    generator = Generator(seed: seed ^ 0xB007_5742_A900_0001)
  }

  /// Weights [n], float64, whole and with sum n.
  func weights() -> Tensor {
    Tensor.randint(0..<count, [count], using: generator).binCount(minimumLength: count)
      .to(.float64)
  }

  /// Places [n] of the drawn examples.
  func places() -> Tensor { Tensor.randint(0..<count, [count], using: generator) }

  /// value ± 1.96 · s, s the standard deviation of the resampled values, within `range`.
  ///
  /// The normal interval and not the percentiles: resampling repeats examples, which raises plug-in
  /// information and fitted scores in every resample alike. Efron & Tibshirani 1993, chapter 13.
  static func interval(
    _ value: Double, _ resampled: [Double], within range: ClosedRange<Double>
  ) -> [Double] {
    guard resampled.count > 1 else { return [] }
    let mean = resampled.reduce(0, +) / Double(resampled.count)
    let squares = resampled.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return interval(
      value, deviation: (squares / Double(resampled.count - 1)).squareRoot(), within: range)
  }

  /// value ± 1.96 · `deviation`, within `range` as far as the value itself is.
  static func interval(
    _ value: Double, deviation: Double, within range: ClosedRange<Double>
  ) -> [Double] {
    let half = 1.96 * deviation
    return [
      max(value - half, min(range.lowerBound, value)),
      min(value + half, max(range.upperBound, value)),
    ]
  }
}
