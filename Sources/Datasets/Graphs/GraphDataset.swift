public import Torch

/// A graph of examples: features of nodes, their classes and undirected edges.
public struct GraphDataset {
  /// The nodes as examples; of a graph without features, rows of the identity.
  public let nodes: TensorDataset
  /// The edges [2, m] int64, each pair once, the smaller number first and no node with itself.
  public let edges: Tensor
  /// Whether the nodes have features.
  public let hasFeatures: Bool

  /// The most nodes of a graph, whose adjacency is held as a square of float32.
  public static let nodeLimit = 16_384

  /// A graph; edges [2, m] in any order, of which loops and repetitions are left out.
  ///
  /// Throws `DatasetError` for more than `nodeLimit` nodes and for edges to nodes that do not exist.
  public init(nodes: TensorDataset, edges: Tensor, hasFeatures: Bool = true) throws {
    let count = nodes.count
    guard count <= Self.nodeLimit else {
      throw DatasetError(
        .usage, subject: nodes.name,
        problem: "expected a graph of at most \(Self.nodeLimit) nodes, found \(count)",
        remedy: "take a part of the graph: its adjacency is held as a square")
    }
    let pairs = edges.to(.int64)
    if pairs.size(1) > 0 {
      let (low, high) = (pairs.min().integerItem(), pairs.max().integerItem())
      guard low >= 0, high < count else {
        throw DatasetError(
          .environment, subject: nodes.name,
          problem:
            "edges: expected numbers of nodes from 0 to \(count - 1), found \(low) to \(high)",
          remedy: "number the nodes from 0 in the order of their features")
      }
    }
    let (first, second) = (minimum(pairs[0], pairs[1]), maximum(pairs[0], pairs[1]))
    let keys = (first * count + second).selected(where: first .!= second).unique().values
    self.nodes = nodes
    self.edges = stacked([
      keys.floorDivided(by: Tensor(count, dtype: .int64)), keys.remainder(dividingBy: count),
    ])
    self.hasFeatures = hasFeatures
  }

  /// A graph without features, whose nodes are the rows of the identity.
  public init(name: String, count: Int, edges: Tensor) throws {
    guard count >= 1, count <= Self.nodeLimit else {
      throw DatasetError(
        .usage, subject: name,
        problem: "expected a graph of 1 to \(Self.nodeLimit) nodes, found \(count)",
        remedy: "take a part of the graph: its adjacency is held as a square")
    }
    let nodes = try TensorDataset(
      name: name, schema: DatasetSchema(.vector, shape: [count], range: 0...1),
      examples: Tensor.eye(count))
    try self.init(nodes: nodes, edges: edges, hasFeatures: false)
  }

  /// The symmetric matrix [n, n] float32 of ones at `edges` [2, m], zero on the diagonal.
  public static func adjacency(_ edges: Tensor, count: Int) -> Tensor {
    let places = concatenated([
      edges[0] * count + edges[1], edges[1] * count + edges[0],
    ])
    return Tensor.zeros([count * count])
      .scattering(Tensor.ones([places.count]), at: places, dim: 0).reshaped([count, count])
  }
}
