import Distributions
public import LatentCore
public import Torch

/// Ones and zeros from logits: log p(x) = Σ x l − softplus(l), in nats.
///
/// PyTorch: `binary_cross_entropy_with_logits`.
public struct BernoulliLikelihood: Likelihood {
  /// What becomes of grey values.
  public var binarisation: Binarisation

  /// The likelihood, by default of dynamically binarised examples.
  public init(binarisation: Binarisation = .dynamic) {
    self.binarisation = binarisation
  }

  /// Binarised examples.
  public func targets(_ examples: Tensor, using generator: Generator) -> Tensor {
    binarisation(examples, using: generator)
  }

  /// Ones and zeros, and how they come from grey values.
  public var density: String {
    switch binarisation {
    case .dynamic: "ones and zeros, drawn anew each time"
    case .threshold: "ones and zeros, by a threshold"
    case .none: "cross-entropy of grey values"
    }
  }

  /// Summed over the elements.
  public func logProbability(_ targets: Tensor, parameters: Tensor) -> Tensor {
    bernoulliLogLikelihood(logits: parameters, targets: targets)
  }

  /// σ(l).
  public func mean(_ parameters: Tensor) -> Tensor { sigmoid(parameters) }
}

/// Numbers of [0, 1] by the continuous Bernoulli density (Loaiza-Ganem & Cunningham 2019, arXiv
/// 1907.06845), whose normaliser the cross-entropy of grey values lacks.
public struct ContinuousBernoulliLikelihood: Likelihood {
  /// The likelihood.
  public init() {}

  /// Grey values.
  public var density: String { "grey values of 0 … 1" }

  /// Summed over the elements.
  public func logProbability(_ targets: Tensor, parameters: Tensor) -> Tensor {
    ContinuousBernoulli(logits: parameters).logProbability(targets).sum(dim: -1)
  }

  /// The mean of the density, which is not σ(l).
  public func mean(_ parameters: Tensor) -> Tensor { ContinuousBernoulli(logits: parameters).mean }
}

/// Real numbers with one fixed standard deviation: log p(x) = −½ Σ [(x − m)²/σ² + log 2πσ²], in nats.
public struct GaussianLikelihood: Likelihood {
  /// σ, in the data's scale.
  public var standardDeviation: Double

  /// The likelihood of this σ.
  public init(standardDeviation: Double = 1) {
    self.standardDeviation = standardDeviation
  }

  /// Summed over the elements.
  public func logProbability(_ targets: Tensor, parameters: Tensor) -> Tensor {
    Normal(mean: parameters, standardDeviation: standardDeviation).logProbability(targets).sum(
      dim: -1)
  }

  /// m.
  public func mean(_ parameters: Tensor) -> Tensor { parameters }
}

/// Σ (x − m)² over an example, the transport cost of Wasserstein autoencoders: no likelihood.
public struct SquaredErrorCost: Likelihood {
  /// Whether means are kept in 0 … 1 by a sigmoid, as for pictures.
  public var isBounded: Bool

  /// The cost.
  public init(isBounded: Bool = true) {
    self.isBounded = isBounded
  }

  /// −Σ (x − m)².
  public func logProbability(_ targets: Tensor, parameters: Tensor) -> Tensor {
    -squared(targets - mean(parameters)).sum(dim: -1)
  }

  /// m.
  public func mean(_ parameters: Tensor) -> Tensor {
    isBounded ? sigmoid(parameters) : parameters
  }

  /// None.
  public var density: String { "none" }

  /// Squared error.
  public var unit: TermUnit { .squaredError }
}

extension BernoulliLikelihood: GenerativeLikelihood {
  /// Ones with probability σ(l).
  public func sample(_ parameters: Tensor, using generator: Generator) -> Tensor {
    withoutGradients { Tensor.bernoulli(mean(parameters), using: generator) }
  }
}

extension ContinuousBernoulliLikelihood: GenerativeLikelihood {
  /// Grey values by the inverse of their distribution function.
  public func sample(_ parameters: Tensor, using generator: Generator) -> Tensor {
    withoutGradients { ContinuousBernoulli(logits: parameters).sample([], using: generator) }
  }
}

extension GaussianLikelihood: GenerativeLikelihood {
  /// m + σ ε.
  public func sample(_ parameters: Tensor, using generator: Generator) -> Tensor {
    withoutGradients {
      let noise = Tensor.randn(parameters.shape, using: generator, dtype: parameters.dtype)
      return parameters + standardDeviation * noise
    }
  }
}
