import Torch

/// Intervals of estimators that cannot bear an example twice, such as those made of nearest neighbours.
///
/// The delete-d jackknife: parts S of b of the n examples, drawn without replacement, have Var(θ_S − θ) = σ²(1/b − 1/n)
/// where Var(θ) = σ²/n, so that Var(θ) is b/(n − b) times the variance over parts. b is n/2 below 200 examples, then n/4,
/// at least 100 and at most 1,000. **Limits**: a bias that falls with n is not in it; of differences that vanish (a
/// distance between equal laws) it is too wide. **Source**: Shao & Wu 1989, A general theory for jackknife variance
/// estimation; Politis & Romano 1994.
struct Subsampling {
  /// The parts of the examples are drawn from this seed, at most 30 of them.
  private let seed: UInt64
  private let parts: Int

  /// As many parts as `options` has resamples, at most 30; none for 0.
  init(_ options: MetricOptions) {
    seed = options.seed ^ 0x5AB5_A3B1_E000_0001
    parts = min(options.resamples, 30)
  }

  /// value ± 1.96 · s of `measure` for parts of sets with these numbers of examples, within `range`.
  ///
  /// `measure` gets the places of each set's part. Empty where a part has no answer, and for fewer than two parts.
  func interval(
    _ value: Double, counts: [Int], within range: ClosedRange<Double>,
    _ measure: ([Tensor]) throws -> Double
  ) -> [Double] {
    guard parts > 1, let least = counts.min(), least > 3 else { return [] }
    let generator = Generator(seed: seed)
    // One share for all sets, so that their parts of the variance keep their proportion.
    let share = Double(Self.size(least)) / Double(least)
    var values: [Double] = []
    for _ in 0..<parts {
      let places = counts.map { count in
        Tensor.randperm(count, using: generator)[..<max(2, Int(share * Double(count)))]
      }
      guard let part = try? measure(places), part.isFinite else { return [] }
      values.append(part)
    }
    let deviation = (variance(values) * share / (1 - share)).squareRoot()
    return Bootstrap.interval(value, deviation: deviation, within: range)
  }

  /// The examples of a part of `count`.
  private static func size(_ count: Int) -> Int {
    count < 200 ? count / 2 : max(100, min(count / 4, 1000))
  }
}
