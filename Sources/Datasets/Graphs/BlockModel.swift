public import Torch

/// A rendered graph of nodes in blocks: sparse edges, more within blocks than between, and noisy features of the blocks.
///
/// Nodes i and j of one block are joined with probability `inner`/(nodes of a block), of two with `outer`/(nodes of all
/// others), independently, so that a node has `inner` + `outer` neighbours in the mean. Features are m_b + noise ε with m_b
/// standard normal for each block, ε for each node. **Source**: Holland, Laskey & Leinhardt 1983.
public struct BlockModel: Sendable, Hashable {
  /// Nodes.
  public var count = 1500
  /// Blocks of as nearly equal size as possible, the labels.
  public var blocks = 10
  /// Mean neighbours in the own block.
  public var inner = 4.0
  /// Mean neighbours in others.
  public var outer = 2.0
  /// Features of a node; 0 for none.
  public var features = 32
  /// Deviation of a feature from its block's mean.
  public var noise = 2.0
  /// The number that everything is drawn by.
  public var seed: UInt64 = 0

  /// The customary graph: 1,500 nodes in ten blocks.
  public init() {}

  /// The graph; throws `DatasetError` for more neighbours than nodes or fewer nodes than two a block.
  public func graph() throws -> GraphDataset {
    let (size, rest) = (Double(count) / Double(blocks), Double(count) * (1 - 1 / Double(blocks)))
    guard blocks >= 2, count >= 2 * blocks, count <= GraphDataset.nodeLimit, inner >= 0, outer >= 0,
      inner <= size - 1, outer <= rest
    else {
      throw DatasetError(
        .usage, subject: "sbm",
        problem:
          "expected 2 to \(count / 2) blocks and fewer neighbours than nodes, found \(count) nodes, "
          + "\(blocks) blocks, \(inner) inner and \(outer) outer neighbours",
        remedy: "ask for more nodes or fewer neighbours")
    }
    let generator = Generator(seed: seed)
    let labels = Tensor.arange(count).remainder(dividingBy: blocks)
      .selected(.randperm(count, using: generator), dim: 0)
    let isSame = labels.unsqueezed(dim: 1) .== labels.unsqueezed(dim: 0)
    let between = Tensor.full([count, count], outer / rest)
    let probability = between.replacing(with: inner / (size - 1), where: isSame)
    let isJoined = Tensor.rand([count, count], using: generator) .< probability
    let edges = isJoined.to(.float32).upperTriangle(diagonal: 1).nonzero().transposed()
    guard features > 0 else {
      return try GraphDataset(name: "sbm", count: count, edges: edges)
    }
    let means = Tensor.randn([blocks, features], using: generator)
    let noise = Tensor.randn([count, features], using: generator) * noise
    let nodes = try TensorDataset(
      name: "sbm",
      schema: DatasetSchema(
        .vector, shape: [features], classNames: (0..<blocks).map(String.init)),
      examples: means.selected(labels, dim: 0) + noise, labels: labels)
    return try GraphDataset(nodes: nodes, edges: edges)
  }
}
