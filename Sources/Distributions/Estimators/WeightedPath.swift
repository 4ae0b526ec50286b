public import Torch

/// Samples whose gradients are multiplied by their own normalised importance weights, which are known
/// only after what is computed from the samples.
///
/// What acts on `samples` is differentiated in its own parameters as it stands, and in the samples with
/// one more factor w̃ₖ. So one pass of a decoder gives the plain gradient Σ w̃ ∇θ log w and the doubly
/// reparameterised one Σ w̃² (∂ log w/∂z) ∇φ z together. **Shapes**: samples `[K, …] + event`,
/// weights `[K, …]`. **Source**: Tucker et al. 2018, arXiv 1810.04152, equation 8.
public struct WeightedPath {
  /// The samples, with their history.
  public let samples: Tensor
  private let channel: Tensor

  private static let gate = CustomFunction(
    forward: { inputs in .init(outputs: inputs.map { $0.cloned() }) },
    backward: { _, gradients in
      let (path, weights) = (gradients[0], gradients[1])
      guard path.isDefined, weights.isDefined else { return [nil, nil] }
      // The weights sum to one over K, which takes out what the whole loss was multiplied by.
      let normalised = weights / weights.sum(dim: 0, keepDim: true)
      let shape = weights.shape + Array(repeating: 1, count: path.rank - weights.rank)
      return [path * normalised.reshaped(shape), nil]
    })

  /// Samples `[K, …]` whose last `eventDims` dimensions are one sample.
  public init(_ samples: Tensor, eventDims: Int) {
    let leading = Array(samples.shape.dropLast(eventDims))
    let parts = Self.gate(
      samples, Tensor.zeros(leading, dtype: samples.dtype, device: samples.device))
    self.samples = parts[0]
    channel = parts[1]
  }

  /// Σ w̃ · 0 over the first dimension, `[…]`: adds to a loss nothing but the factors to the gradients.
  ///
  /// `weights` `[K, …]` sum to one over the first dimension. The result must be added to the sum that
  /// the samples enter, before that is scaled or averaged.
  public func applying(_ weights: Tensor) -> Tensor { (weights.detached() * channel).sum(dim: 0) }
}
