public import Torch

/// The symmetric normalised adjacency D̃^−½ (A + I) D̃^−½ of an undirected graph, D̃ the degrees of A + I.
///
/// Kept as A and D̃^−½, so that nothing of its size is computed anew. **Shapes**: A `[n, n]` of ones and zeros, symmetric,
/// zero on the diagonal. **Source**: Kipf & Welling 2016, arXiv 1609.02907, equation 2.
public struct NormalizedAdjacency {
  /// A, `[n, n]`.
  public let adjacency: Tensor
  /// D̃^−½, `[n, 1]`.
  public let scale: Tensor

  /// That of a graph.
  public init(_ adjacency: Tensor) {
    self.adjacency = adjacency
    scale = rsqrt(adjacency.sum(dim: 1, keepDim: true) + 1)
  }

  /// The product with x `[n, d]`.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let scaled = scale * x
    return scale * (matmul(adjacency, scaled) + scaled)
  }
}

/// One layer of message passing: Y = D̃^−½ (A + I) D̃^−½ X W.
///
/// **Shapes**: X `[n, inputs]` → Y `[n, outputs]`; `weight` `[inputs, outputs]`, drawn by Glorot's uniform law, no bias.
/// **Source**: Kipf & Welling 2016, arXiv 1609.02907, equation 2. PyTorch Geometric: `GCNConv(bias=False)`.
public final class GraphConvolution: Module {
  /// W, `[inputs, outputs]`.
  public let weight: Parameter

  /// A layer from `inputs` to `outputs` numbers a node.
  public init(_ inputs: Int, _ outputs: Int, using generator: Generator) {
    weight = Parameter(Initializer.xavierUniform()([inputs, outputs], using: generator))
  }

  /// The layer's output for features X, or for X = I where nodes have none.
  public func callAsFunction(_ x: Tensor?, on graph: NormalizedAdjacency) -> Tensor {
    graph(x.map { matmul($0, weight.value) } ?? weight.value)
  }

  /// `inputs → outputs`.
  public override var details: String { "\(weight.shape[0]) → \(weight.shape[1])" }
}
