public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether samples lie nearer to the training examples than held-out examples of the same law do.
public struct Memorisation: Sendable, Equatable {
  /// The median distance of samples to their nearest training example over that of held-out examples: about 1 for a model
  /// that learnt the law, near 0 for one that copies.
  public let ratio: Double
  /// The probability that a sample is nearer to the training set than a held-out example, ties half: ½ without copying.
  public let probability: Double
  /// The one-sided p-value of Mann and Whitney's test that samples are no nearer.
  public let pValue: Double
  /// The share of samples nearer to a training example than every held-out example is.
  public let copies: Double
  /// The distances of samples and of held-out examples, each rising.
  private let distances: (samples: [Double], heldOut: [Double])

  /// Compares samples `[n, d]` with held-out examples `[m, d]` by their distance to the training examples `[t, d]`.
  ///
  /// The test's normal approximation, with correction for ties, needs about 20 of each. Underfitting has the same statistic on the other
  /// side: a probability far below ½. Held-out examples must not be in the training set, or their own distances are too small. Throws
  /// `MetricError` for fewer than 20 samples or held-out examples, other widths and numbers that are not finite. Source: Meehan, Chaudhuri
  /// and Dasgupta 2020, arXiv 2004.05675, section 3.1; Mann and Whitney 1947.
  public init(samples: Tensor, train: Tensor, heldOut: Tensor) throws {
    let (x, table) = try comparableTables(
      samples, train, metric: "memorisation", ("samples", "training examples"), minimum: 20)
    let (held, _) = try comparableTables(
      heldOut, table, metric: "memorisation", ("held-out examples", "training examples"),
      minimum: 20)
    func nearest(_ rows: Tensor) -> [Double] {
      NearestNeighbours(of: rows, in: table, k: 1).distances.scalars(as: Double.self).sorted()
    }
    let (ours, theirs) = (nearest(x), nearest(held))
    distances = (ours, theirs)
    ratio = Self.ratio(ours, theirs)
    let smallest = theirs[0]
    copies = Double(ours.count { $0 < smallest }) / Double(ours.count)
    let test = Self.mannWhitney(ours, theirs)
    probability = test.probability
    pValue = test.pValue
  }

  /// The 95 % interval of the ratio over samples and held-out examples, the training examples given.
  ///
  /// From the percentiles of bootstrapped medians, of samples and held-out examples apart. Empty for fewer than two resamples.
  func interval(resamples: Int, seed: UInt64) -> [Double] {
    guard resamples > 1, ratio.isFinite else { return [] }
    let (x, y) = (
      Tensor(distances.samples, dtype: .float64), Tensor(distances.heldOut, dtype: .float64)
    )
    let bootstraps = (
      Bootstrap(count: x.count, seed: seed), Bootstrap(count: y.count, seed: seed &+ 1)
    )
    let ratios = (0..<resamples).map { _ in
      Self.ratio(
        x.selected(bootstraps.0.places(), dim: 0).sorted(dim: 0).values.scalars(as: Double.self),
        y.selected(bootstraps.1.places(), dim: 0).sorted(dim: 0).values.scalars(as: Double.self))
    }
    guard ratios.allSatisfy(\.isFinite) else { return [] }
    let ends = Tensor(ratios, dtype: .float64).quantile([0.025, 0.975]).scalars(as: Double.self)
    return [min(ends[0], ratio), max(ends[1], ratio)]
  }

  private static func ratio(_ ours: [Double], _ theirs: [Double]) -> Double {
    let (top, bottom) = (median(ours), median(theirs))
    return bottom > 0 ? top / bottom : (top > 0 ? .infinity : 1)
  }

  /// The same comparison has the same numbers.
  public static func == (first: Memorisation, second: Memorisation) -> Bool {
    first.distances == second.distances
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// P(a < b) + ½ P(a = b) and the p-value of its being ½ against more.
  static func mannWhitney(
    _ a: [Double], _ b: [Double]
  ) -> (probability: Double, pValue: Double) {
    let (n, m) = (Double(a.count), Double(b.count))
    let joined = (a.map { ($0, true) } + b.map { ($0, false) }).sorted { $0.0 < $1.0 }
    var (rankSum, ties, start) = (0.0, 0.0, 0)
    while start < joined.count {
      var end = start
      while end < joined.count, joined[end].0 == joined[start].0 { end += 1 }
      let size = Double(end - start)
      let rank = Double(start + end + 1) / 2
      rankSum += rank * Double(joined[start..<end].count { $0.1 })
      ties += size * size * size - size
      start = end
    }
    // Pairs in which a is the larger.
    let larger = rankSum - n * (n + 1) / 2
    let all = n + m
    let variance = n * m / 12 * (all + 1 - ties / (all * (all - 1)))
    guard variance > 0 else { return (0.5, 1) }
    let score = (n * m / 2 - larger) / variance.squareRoot()
    return (1 - larger / (n * m), 0.5 * erfc(score / 2.0.squareRoot()))
  }
}
