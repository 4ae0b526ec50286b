import Foundation
public import Torch

/// Estimates of the dimension of the surface that codes lie on.
public enum IntrinsicDimension {
  /// TwoNN: from the ratios μ of the distances to the second and the first neighbour, whose law is P(μ > t) = t^−d.
  ///
  /// The slope of −log(1 − F(μ)) over log μ through the origin, without the largest 10 % of ratios. Repeated rows are
  /// counted once. Throws `MetricError` for fewer than ten different rows. Source: Facco et al. 2017, Estimating the
  /// intrinsic dimension of datasets by a minimal neighborhood information, algorithm of section "Methods".
  public static func twoNN(_ codes: Tensor, discarding: Double = 0.1) throws -> Double {
    let rows = try differentRows(codes, metric: "intrinsic-dimension-twonn", minimum: 10)
    let found = NearestNeighbours(of: rows, in: rows, k: 2, excludingSelf: true)
    let ratios = log(found.distances[.all, 1] / found.distances[.all, 0]).scalars(as: Double.self)
      .sorted()
    let n = ratios.count
    let kept = Swift.max(2, Int((Double(n) * (1 - discarding)).rounded(.down)))
    var (products, squares) = (0.0, 0.0)
    for (index, x) in ratios.prefix(kept).enumerated() {
      let y = -log(1 - Double(index + 1) / Double(n + 1))
      products += x * y
      squares += x * x
    }
    guard squares > 0 else { throw lattice("intrinsic-dimension-twonn") }
    return products / squares
  }

  /// The maximum-likelihood estimate from the k nearest distances: 1/mean of the inverse local estimates
  /// 1/(k − 1) Σ_{j<k} log(T_k/T_j).
  ///
  /// Inverse estimates are averaged (MacKay and Ghahramani 2005), not the estimates, whose mean is biased upwards for small
  /// k. Repeated rows are counted once. Throws `MetricError` for k < 2 and fewer than k + 1 different rows. Source: Levina and
  /// Bickel 2005, Maximum likelihood estimation of intrinsic dimension, equation 8.
  public static func maximumLikelihood(_ codes: Tensor, k: Int = 20) throws -> Double {
    let metric = "intrinsic-dimension-mle"
    guard k >= 2 else {
      throw MetricError(
        metric: metric, "expected at least two neighbours, found \(k)", remedy: "take k = 20")
    }
    let rows = try differentRows(codes, metric: metric, minimum: k + 1)
    let found = NearestNeighbours(of: rows, in: rows, k: k, excludingSelf: true)
    let logs = log(found.distances)
    let local = (logs[.all, (k - 1)..<k] - logs[.all, 0..<(k - 1)]).sum(dim: 1) / Double(k - 1)
    let inverse = local.mean().item()
    guard inverse > 0 else { throw lattice(metric) }
    return 1 / inverse
  }

  /// The mean over examples of the number of principal components that hold `variance` of the variance of their k nearest.
  ///
  /// An upper estimate where the surface bends within a neighbourhood, a lower one for k not well above the dimension.
  /// Throws `MetricError` for k < 2, fewer than k + 1 different rows and a share outside (0, 1). Source: Fukunaga and Olsen
  /// 1971, An algorithm for finding intrinsic dimensionality of data.
  public static func localPCA(
    _ codes: Tensor, k: Int = 30, variance: Double = 0.95
  ) throws -> Double {
    let metric = "intrinsic-dimension-pca"
    guard k >= 2, variance > 0, variance < 1 else {
      throw MetricError(
        metric: metric,
        "expected k of at least 2 and a share of variance in (0, 1), found \(k) and \(variance)",
        remedy: "take k = 30 and 0.95")
    }
    let rows = try differentRows(codes, metric: metric, minimum: k + 1)
    let d = rows.size(1)
    let found = NearestNeighbours(of: rows, in: rows, k: k, excludingSelf: true).indices
    var counts: [Double] = []
    forEachBlock(of: rows.size(0), width: k * d) { range in
      let near = rows.selected(found[range].flattened(), dim: 0)
        .reshaped([range.count, k, d])
      let spread = squared(LinearAlgebra.singularValues(near - near.mean(dim: 1, keepDim: true)))
      let shares = spread.cumulativeSum(dim: 1) / spread.sum(dim: 1, keepDim: true)
      counts += ((shares .< variance).to(.float64).sum(dim: 1) + 1).scalars(as: Double.self)
    }
    return counts.reduce(0, +) / Double(counts.count)
  }

  private static func differentRows(
    _ codes: Tensor, metric: String, minimum: Int
  ) throws -> Tensor {
    let rows = try codeTable(codes, metric: metric, minimum: minimum)
    let different = rows.uniqueSlices(dim: 0).values
    guard different.size(0) >= minimum else {
      throw MetricError(
        metric: metric,
        "expected at least \(minimum) different codes, found \(different.size(0)) of "
          + "\(rows.size(0))", remedy: "give more examples; codes that repeat say nothing new")
    }
    return different
  }

  private static func lattice(_ metric: String) -> MetricError {
    MetricError(
      metric: metric, "expected neighbours at different distances, found all equally far",
      remedy: "codes on a regular grid have no density to estimate from")
  }
}
