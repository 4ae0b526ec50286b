public import Torch

/// A lower bound on log p(x) in nats, with the name under which it is reported.
public struct LikelihoodBound {
  /// Such as `ELBO` or `IWAE-50`.
  public let name: String
  /// The bound of each example, of the shape of the weights without the samples' dimension.
  public let value: Tensor

  /// A named bound.
  public init(name: String, value: Tensor) {
    self.name = name
    self.value = value
  }
}

/// The mean over `dim` of log w = log p(x, z) − log q(z | x) with z drawn from q: an unbiased estimate
/// of the evidence lower bound, in nats.
///
/// Source: Kingma and Welling 2014, arXiv 1312.6114, equation 2.
public func evidenceLowerBound(logWeights: Tensor, dim: Int = 0) -> LikelihoodBound {
  LikelihoodBound(name: "ELBO", value: logWeights.mean(dim: dim))
}

/// log (1/k) Σ w over the k samples in `dim`, in nats.
///
/// Its expectation rises with k from the evidence lower bound to log p(x). Its gradient in the
/// parameters of q loses signal against noise as k grows (Rainforth et al. 2018, arXiv 1802.04537);
/// `doublyReparameterizedBound` does not. Source: Burda, Grosse and Salakhutdinov 2016, arXiv
/// 1509.00519, equation 8.
public func importanceWeightedBound(logWeights: Tensor, dim: Int = 0) -> LikelihoodBound {
  let k = logWeights.size(dim)
  return LikelihoodBound(name: "IWAE-\(k)", value: logMeanExp(logWeights, dim: dim))
}

/// log of the mean of eˣ over one dimension, without overflow.
public func logMeanExp(_ x: Tensor, dim: Int) -> Tensor {
  let count = Tensor(Double(max(x.size(dim), 1)), dtype: .float64)
  return x.logSumExp(dim: dim) - log(count).item()
}

/// (Σ w)²/Σ w² over `dim`: between 1, if one weight dominates, and k, if all are equal.
public func effectiveSampleSize(logWeights: Tensor, dim: Int = 0) -> Tensor {
  exp(2 * logWeights.logSumExp(dim: dim) - (2 * logWeights).logSumExp(dim: dim))
}
