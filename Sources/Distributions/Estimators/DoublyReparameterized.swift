public import Torch

/// The importance-weighted bound, with the doubly reparameterised gradient Σ w̃² ∇ log w in the
/// parameters of q, w̃ = w/Σ w.
///
/// `logWeights` must reach q's parameters through the reparameterised samples only: evaluate
/// log q(z | x) with `posterior.detached()`. Take gradients with respect to q's parameters alone;
/// those of the model come from `importanceWeightedBound`. For k = 1 this is the path derivative of
/// Roeder, Wu and Duvenaud 2017, arXiv 1703.09194. Source: Tucker et al. 2018, arXiv 1810.04152,
/// equation 8.
public func doublyReparameterizedBound(logWeights: Tensor, dim: Int = 0) -> LikelihoodBound {
  let constant = logWeights.detached()
  let squares = squared(softmax(constant, dim: dim))
  let bound = importanceWeightedBound(logWeights: constant, dim: dim)
  let path = (squares * (logWeights - constant)).sum(dim: dim)
  return LikelihoodBound(name: bound.name, value: bound.value + path)
}
