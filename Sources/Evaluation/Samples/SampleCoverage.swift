public import Torch

/// Fidelity and diversity of samples by neighbourhoods, all but density in [0, 1].
///
/// The neighbourhood of a point is the ball that reaches its k-th nearest other point of its own set.
public struct SampleCoverage: Sendable, Equatable {
  /// The share of samples inside the neighbourhood of some reference point.
  public let precision: Double
  /// The share of reference points inside the neighbourhood of some sample.
  public let recall: Double
  /// The mean number of reference neighbourhoods that hold a sample, over k: 1 in the mean for equal laws, more where samples crowd
  /// together; not bounded by 1, and less moved by outliers of the reference than precision.
  public let density: Double
  /// The share of reference points whose neighbourhood holds a sample.
  public let coverage: Double

  /// Compares samples `[n, d]` and reference points `[m, d]`.
  ///
  /// Throws `MetricError` for k < 1, a set of k rows or fewer, other widths and numbers that are not finite. Source: Kynkäänniemi et al.
  /// 2019, arXiv 1904.06991, with k = 3; Naeem et al. 2020, arXiv 2002.09797, with k = 5.
  public init(_ samples: Tensor, _ reference: Tensor, k: Int = 5) throws {
    guard k >= 1 else {
      throw MetricError(
        metric: "precision-recall", "expected k of at least 1, found \(k)",
        remedy: "take k = 3 or 5")
    }
    let (x, y) = try comparableTables(
      samples, reference, metric: "precision-recall", minimum: k + 1)
    func radii(_ rows: Tensor) -> Tensor {
      NearestNeighbours(of: rows, in: rows, k: k, excludingSelf: true).distances[.all, k - 1]
    }
    let (sampleRadius, referenceRadius) = (radii(x), radii(y))
    var (inside, held, recalled, covered) = (0.0, 0.0, 0.0, 0.0)
    forEachBlock(of: x.size(0), width: y.size(0)) { rows in
      let balls = (pairwiseDistances(x[rows], y) .<= referenceRadius).to(.float64).sum(dim: 1)
      held += balls.sum().item()
      inside += (balls .> 0).to(.float64).sum().item()
    }
    forEachBlock(of: y.size(0), width: x.size(0)) { rows in
      let distances = pairwiseDistances(y[rows], x)
      recalled += (distances .<= sampleRadius).any(dim: 1).to(.float64).sum().item()
      let nearest = distances.min(dims: [1])
      covered += (nearest .<= referenceRadius[rows]).to(.float64).sum().item()
    }
    let (n, m) = (Double(x.size(0)), Double(y.size(0)))
    precision = inside / n
    recall = recalled / m
    density = held / (n * Double(k))
    coverage = covered / m
  }
}
