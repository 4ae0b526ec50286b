public import Torch

// What a method knows of its codes beyond a representative one; asked for as every capability is.

/// Has a posterior over the codes of each example.
public protocol Infers: Encodes {
  /// q(z|x) of each of `examples` [n, …] beside the prior.
  func posterior(of examples: Tensor) -> any LatentPosterior
}

/// Has a prior over codes.
public protocol HasPrior {
  /// Mean and standard deviation of each dimension under the prior, both of the shape of a code; nil
  /// where they are not known in closed form.
  var priorMoments: (mean: Tensor, standardDeviation: Tensor)? { get }
}
