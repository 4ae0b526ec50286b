public import Torch

/// What an optimiser keeps, under names: `encoder.weight/mean`, and counts of steps.
public struct OptimizerState {
  /// The slots of the parameters that have taken a step.
  public var tensors: [String: Tensor]
  /// `steps` of the optimiser and `<path>/steps` of each parameter.
  public var counts: [String: Int]

  /// A state of these tensors and counts.
  public init(tensors: [String: Tensor], counts: [String: Int]) {
    self.tensors = tensors
    self.counts = counts
  }
}
