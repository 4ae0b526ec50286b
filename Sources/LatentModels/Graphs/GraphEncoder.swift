public import LatentNN
public import Torch

/// A graph as one tensor `[n, n + features]`: the adjacency, then the nodes' features if they have some.
public struct GraphExample {
  /// A, `[n, n]`.
  public let adjacency: Tensor
  /// X, `[n, features]`, or nil.
  public let features: Tensor?

  /// The parts of an example.
  public init(_ example: Tensor) {
    let (n, width) = example.shape2
    adjacency = example[.all, 0..<n]
    features = width > n ? example[.all, n...] : nil
  }
}

/// Layers of graph convolutions from a graph to a Gaussian posterior of each node's code.
///
/// μ = GCN(X, A) and log σ = GCN(X, A) share all layers but the last; between layers stands a ReLU. **Shapes**:
/// features `[n, inputs]` → μ, log σ `[n, size]`. **Source**: Kipf & Welling 2016, arXiv 1611.07308, section 1.
public final class GraphEncoder: Module {
  /// The shared layers.
  public let hidden: [GraphConvolution]
  /// The last layer of μ.
  public let mean: GraphConvolution
  /// The last layer of log σ; nil for codes without noise.
  public let logDeviation: GraphConvolution?
  /// The share of a layer's inputs that are dropped in training.
  public let dropout: Double

  /// An encoder of these widths; `inputs` is the number of nodes where these have no features.
  public init(
    inputs: Int, hidden: [Int], size: Int, isVariational: Bool, dropout: Double = 0,
    using generator: Generator
  ) {
    let widths = [inputs] + hidden
    self.hidden = hidden.indices.map {
      GraphConvolution(widths[$0], widths[$0 + 1], using: generator)
    }
    let last = widths.last ?? inputs
    mean = GraphConvolution(last, size, using: generator)
    logDeviation = isVariational ? GraphConvolution(last, size, using: generator) : nil
    self.dropout = dropout
  }

  /// μ of each node, and log σ where codes have noise; with `noise`, inputs of layers are dropped by its draws.
  public func callAsFunction(
    _ features: Tensor?, _ adjacency: Tensor, noise: Generator? = nil
  ) -> (mean: Tensor, logDeviation: Tensor?) {
    let graph = NormalizedAdjacency(adjacency)
    var x = features
    for layer in hidden { x = relu(layer(x.map { dropped($0, noise) }, on: graph)) }
    let last = x.map { dropped($0, noise) }
    return (mean(last, on: graph), logDeviation.map { $0(last, on: graph) })
  }

  private func dropped(_ x: Tensor, _ noise: Generator?) -> Tensor {
    guard let noise, dropout > 0 else { return x }
    let kept = Tensor.full(x.shape, 1 - dropout, dtype: x.dtype, device: x.device)
    return x * Tensor.bernoulli(kept, using: noise) / (1 - dropout)
  }
}
