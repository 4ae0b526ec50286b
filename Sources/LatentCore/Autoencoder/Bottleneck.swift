public import Distributions
public import LatentNN
public import Torch

/// What stands between encoder and decoder: features become a posterior over codes beside a prior.
///
/// Everything it learns is a parameter or a buffer; what it learns without gradients (moving
/// averages of a codebook) happens in `afterStep`.
public protocol Bottleneck: Module {
  /// The shape of the code of one example.
  var codeShape: [Int] { get }

  /// The posterior of each row of features `[B, …]`.
  ///
  /// `encode` maps examples to features; priors that are made of pseudo-examples need it.
  func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior

  /// `count` codes from the prior, `[count] + codeShape`; by default **fails** (stops), for bottlenecks without
  /// a prior, whose methods do not sample.
  func samplePrior(_ count: Int, encode: (Tensor) -> Tensor, using generator: Generator) -> Tensor

  /// Updates that are no gradients, after each step of training. By default nothing.
  func afterStep(_ step: Step)
}

extension Bottleneck {
  /// Stops: there is no prior.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    preconditionFailure("\(type(of: self)) has no prior to draw codes from")
  }

  /// Nothing.
  public func afterStep(_ step: Step) {}
}

/// A prior over codes that are vectors, with parameters of its own.
public protocol Prior: Module {
  /// p(z) with batch shape [] and event shape [d].
  ///
  /// `posterior` maps examples to their posteriors; a prior of pseudo-examples (Tomczak & Welling
  /// 2018, arXiv 1705.07120) is their mixture.
  func distribution(posterior: (Tensor) -> Normal) -> any Distribution
}
