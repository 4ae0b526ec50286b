import Foundation
public import Torch

/// In how many directions codes spread.
public struct EffectiveRank: Sendable, Equatable {
  /// exp of the entropy of the normalised singular values of the centred codes, from 1 to d.
  public let effectiveRank: Double
  /// (Σλ)²/Σλ² of the covariance's eigenvalues, from 1 to d.
  public let participationRatio: Double
  /// The covariance's eigenvalues (divisor n − 1), falling.
  public let eigenvalues: [Double]

  /// From codes `[n, d]`.
  ///
  /// Throws `MetricError` for fewer than two examples and codes that are all equal. Source: Roy and Vetterli 2007, The
  /// effective rank; Gao et al. 2017, A theory of multineuronal dimensionality, for the participation ratio.
  public init(_ codes: Tensor) throws {
    let rows = try codeTable(codes, metric: "effective-rank", minimum: 2)
    let values = LinearAlgebra.singularValues(rows - rows.mean(dim: 0)).scalars(as: Double.self)
    let total = values.reduce(0, +)
    guard total > 0 else {
      throw MetricError(
        metric: "effective-rank", "expected codes that vary, found one code for all examples",
        remedy: "the encoder ignores its input: see latent diagnose")
    }
    let entropy = values.reduce(0) { $1 > 0 ? $0 - $1 / total * log($1 / total) : $0 }
    effectiveRank = exp(entropy)
    eigenvalues = values.map { $0 * $0 / Double(rows.size(0) - 1) }
    let sum = eigenvalues.reduce(0, +)
    participationRatio = sum * sum / eigenvalues.reduce(0) { $0 + $1 * $1 }
  }
}
