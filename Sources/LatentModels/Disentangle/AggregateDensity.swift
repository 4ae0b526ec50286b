public import Distributions
public import LatentCore
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How q(z) = (1/N) Σₙ q(z|n), the posterior of all N examples together, is estimated from a batch.
public enum AggregateSampling: String, Sendable, CaseIterable, ConfigValue {
  /// Minibatch-weighted: all weights 1/(N B). Biased, as if examples that are not in the batch did not
  /// explain the code; the default of the source.
  case weighted
  /// Minibatch-stratified: the code's own example counts 1/N, one other (N − B + 1)/(N (B − 1)) and the
  /// rest 1/(B − 1), so that q(z), though not its logarithm, is estimated without bias.
  case stratified
}

/// log q(z) and Σ_j log q(z_j) of codes, one a posterior of the batch, in nats.
///
/// log q(z) ≈ log Σ_m w_im q(z_i|x_m) with the weights of `AggregateSampling`, and the same for each
/// dimension alone. **Shapes**: posteriors and codes `[B, d]`; results `[B]`. **Source**: Chen et al. 2018,
/// arXiv 1802.04942, section 4.1 and appendix C (equations S3 to S6).
public struct AggregateDensity {
  /// log q(z|x) of each code under its own example, `[B]`.
  public let logConditional: Tensor
  /// log q(z), `[B]`.
  public let logJoint: Tensor
  /// Σ_j log q(z_j), `[B]`.
  public let logMarginals: Tensor

  /// The densities of `codes`, where the data have `exampleCount` examples.
  ///
  /// A batch that is the whole of the data is no estimate: all weights are 1/N then.
  public init(
    _ posterior: Normal, codes: Tensor, exampleCount: Int, sampling: AggregateSampling
  ) {
    let pairwise = Normal(
      mean: posterior.mean.unsqueezed(dim: 0), logVariance: posterior.logVariance.unsqueezed(dim: 0)
    ).logProbability(codes.unsqueezed(dim: 1))  // [code, example, d]
    let joint = pairwise.sum(dim: -1)
    let weights = Self.logWeights(
      batch: codes.size(0), exampleCount: exampleCount, sampling: sampling
    ).to(codes.dtype).to(codes.device)
    logConditional = joint.diagonal()
    logJoint = (joint + weights).logSumExp(dim: 1)
    logMarginals = (pairwise + weights.unsqueezed(dim: -1)).logSumExp(dim: 1).sum(dim: -1)
  }

  /// log w_im for code i and example m, `[B, B]`, float64.
  static func logWeights(
    batch: Int, exampleCount: Int, sampling: AggregateSampling
  ) -> Tensor {
    let n = Double(max(exampleCount, batch))
    let others = Double(batch - 1)
    guard batch < exampleCount, batch > 1 else {
      return Tensor.full([batch, batch], log(1 / Double(batch)), dtype: .float64)
    }
    switch sampling {
    case .weighted:
      return Tensor.full([batch, batch], log(1 / (n * Double(batch))), dtype: .float64)
    case .stratified:
      let own = Tensor.eye(batch, dtype: .float64)
      let next = own.rolled(1, dim: 1)
      let stratum = (n - others) / (n * others)
      return log(own / n + next * stratum + (1 - own - next) / others)
    }
  }
}
