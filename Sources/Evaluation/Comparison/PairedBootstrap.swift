import Torch

/// The mean of differences on the same held-out points, with a percentile interval.
///
/// Points are drawn with replacement `count` times; the interval holds the middle 95 % of the means.
/// It speaks of these trained models on further points of the same kind, and not of the method.
/// **Limits**: the interval is too short for fewer than about 30 points. **Source**: Efron 1979.
public struct PairedBootstrap: Sendable, Equatable {
  /// The mean difference.
  public let difference: Double
  /// The ends of the 95 % interval.
  public let interval: [Double]
  /// The number of points.
  public let points: Int

  /// The bootstrap of these differences, a function of them and the seed.
  ///
  /// **Fails** (stops) without points.
  public init(differences: [Double], count: Int = 2000, seed: UInt64 = 0) {
    precondition(!differences.isEmpty, "a bootstrap needs at least one point")
    points = differences.count
    difference = mean(differences)
    let values = Tensor(differences, shape: [points])
    let generator = Generator(seed: seed)
    var means: [Double] = []
    // Blocks, so that many points do not ask for gigabytes.
    let block = max(1, min(count, 4_000_000 / points))
    while means.count < count {
      let rows = min(block, count - means.count)
      let places = Tensor.randint(0..<points, [rows * points], using: generator)
      means += values.selected(places, dim: 0).reshaped([rows, points]).mean(dim: 1)
        .scalars(as: Double.self)
    }
    interval = Tensor(means, shape: [means.count]).quantile([0.025, 0.975]).scalars(as: Double.self)
  }

  /// Whether the interval leaves zero out.
  public var excludesZero: Bool { interval[0] > 0 || interval[1] < 0 }
}
