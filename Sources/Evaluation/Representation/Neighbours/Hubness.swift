public import Torch

/// How unequally often examples are neighbours of others.
public struct Hubness: Sendable, Equatable {
  /// The skewness E(N − μ)³/σ³ of the k-occurrences; 0 where all are equal.
  public let skewness: Double
  /// The largest k-occurrence.
  public let largest: Int
  /// The share of examples that are nobody's neighbour.
  public let antihubs: Double
}

/// The k-occurrence of an example is the number of others that have it among their k nearest; codes in many dimensions
/// grow hubs, seen as a positive skewness.
///
/// Throws `MetricError` unless 1 ≤ k < n. Source: Radovanović, Nanopoulos and Ivanović 2010, Hubs in space, section 2.
public func hubness(
  _ codes: Tensor, k: Int = 10, distance: CodeDistance = .euclidean
) throws -> Hubness {
  let rows = try codeTable(codes, metric: "hubness", minimum: k + 1)
  guard k >= 1 else {
    throw MetricError(
      metric: "hubness", "expected k of at least 1, found \(k)", remedy: "take k = 10")
  }
  let found = NearestNeighbours(of: rows, in: rows, k: k, distance: distance, excludingSelf: true)
  let counts = found.indices.flattened().binCount(minimumLength: rows.size(0))
  let occurrences = counts.to(.float64)
  let centred = occurrences - occurrences.mean()
  let variance = squared(centred).mean().item()
  let skewness =
    variance > 0
    ? (centred * squared(centred)).mean().item() / (variance * variance.squareRoot()) : 0
  return Hubness(
    skewness: skewness, largest: counts.max().integerItem(),
    antihubs: (counts .== 0).to(.float64).mean().item())
}
