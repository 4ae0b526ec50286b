public import Torch

// What a method knows of its codes beyond a representative one; asked for as every capability is.

/// Has a distribution over the codes of each example, q(z|x).
public protocol Infers: Encodes {
  /// One draw from q(z|x) for each of `examples` [n, …]: [n] + `codeShape`.
  func drawCodes(of examples: Tensor, using generator: Generator) -> Tensor

  /// KL(q(z_d|x) ‖ p(z_d)) of each dimension in nats for each of `examples`: [n] + `codeShape`.
  ///
  /// For posteriors and priors that factorise over the dimensions; the sum over them is the rate.
  func ratePerDimension(of examples: Tensor) -> Tensor
}

/// Has a prior over codes whose first two moments are known.
public protocol HasPrior {
  /// Mean and standard deviation of each dimension under the prior, each of the shape of a code.
  var priorMoments: (mean: Tensor, standardDeviation: Tensor) { get }
}
