import Datasets
public import LatentNN
public import Torch

/// An encoder with a projection head: x → y = f(x), the representation, → z = g(y), what the loss compares.
///
/// y is kept and z thrown away after training. **Shapes**: x `[B, …]` → y `[B, features]` → z `[B, projection]`.
/// **Source**: Grill et al. 2020, arXiv 2006.07733, section 3.1; Chen et al. 2020, arXiv 2002.05709, section 2.1.
public final class ProjectedEncoder: Module {
  /// f.
  public let encoder: Sequential
  /// g.
  public let projector: Sequential
  /// The size of a representation.
  public let features: Int
  /// The size of a projection.
  public let projection: Int

  /// An encoder of `features` numbers and its head.
  public init(
    _ encoder: Sequential, features: Int, projection: Int = 64, hidden: Int = 256,
    using generator: Generator
  ) {
    self.encoder = encoder
    self.features = features
    self.projection = projection
    projector = projectionHead(features, hidden: hidden, outputs: projection, using: generator)
  }

  /// y and z of each example.
  public func callAsFunction(_ x: Tensor) -> (features: Tensor, projection: Tensor) {
    let y = encoder(x)
    return (y, projector(y))
  }
}

/// A dense layer with batch normalisation and a rectifier, then a dense layer alone.
///
/// **Source**: Grill et al. 2020, arXiv 2006.07733, section 3.3, where the hidden layer has 4096 units and the
/// output 256, not normalised.
public func projectionHead(
  _ inputs: Int, hidden: Int, outputs: Int, using generator: Generator
) -> Sequential {
  Sequential(
    Linear(inputs, hidden, bias: false, using: generator), BatchNorm(hidden), Activation.relu,
    Linear(hidden, outputs, using: generator))
}

extension Module {
  /// Runs `body` with the running batch statistics if the batch is a single example, which has none of its own.
  func withStatistics(of batch: Batch, _ body: () -> Void) {
    if batch.count == 1 { evaluating(self, do: body) } else { body() }
  }
}
