public import Torch

/// A rule whose gradients are taken at weights that are drawn around the parameters.
///
/// The draws come from `Optimizer.gradientsAtDraws(using:where:_:)`, which hands the mean of gradient times noise on
/// as `UpdateBatch.noiseProducts`.
public protocol SamplingRule: UpdateRule {
  /// The draws that a step averages over.
  var samples: Int { get }

  /// The standard deviation of each element, in the shapes of the parameters, as tensors of its own.
  ///
  /// - Parameter kept: the tensors of a slot, in the order of the parameters.
  /// - Returns: one tensor a parameter.
  func deviations(_ kept: (String) -> [Tensor]) -> [Tensor]
}
