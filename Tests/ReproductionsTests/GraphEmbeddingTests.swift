import Datasets
import Testing
import Torch

@testable import Reproductions

@Suite struct GraphEmbeddingTests {
  /// Two cliques of eight nodes with one edge between them.
  private static var edges: Tensor {
    var pairs: [(Int, Int)] = [(0, 8)]
    for start in [0, 8] {
      for a in 0..<8 { for b in a + 1..<8 { pairs.append((start + a, start + b)) } }
    }
    return Tensor(pairs.map { $0.0 } + pairs.map { $0.1 }, shape: [2, pairs.count])
  }

  /// Mean inner product of unit rows of one clique, and of different ones.
  private static func similarities(_ codes: Tensor) -> (same: Double, other: Double) {
    let unit = codes / codes.norm(dims: [1], keepDim: true)
    let products = matmul(unit, unit.transposed())
    return (
      (products[0..<8, 0..<8].mean().item() + products[8..., 8...].mean().item()) / 2,
      products[0..<8, 8...].mean().item()
    )
  }

  @Test func walksPutCliquesTogether() {
    var embedding = RandomWalkEmbedding(seed: 1)
    embedding.walks = 60
    let codes = embedding.codes(Self.edges, count: 16)
    let (same, other) = Self.similarities(codes)
    #expect(same > other + 0.3, "\(same) against \(other)")
    #expect(embedding.codes(Self.edges, count: 16).isEqual(to: codes))
  }

  /// Walks reach beyond the first neighbour: blocks of a sparse graph are told by the codes.
  @Test func walksFindBlocks() throws {
    var plan = BlockModel()
    (plan.count, plan.blocks, plan.inner, plan.outer) = (200, 4, 8, 1)
    let graph = try plan.graph()
    let codes = RandomWalkEmbedding(seed: 2).codes(graph.edges, count: 200)
    let labels = try #require(try graph.nodes.all().labels)
    let isSame = (labels.unsqueezed(dim: 1) .== labels.unsqueezed(dim: 0)).to(.float32)
    let unit = codes / codes.norm(dims: [1], keepDim: true)
    let products = matmul(unit, unit.transposed())
    let same = ((products * isSame).sum() / isSame.sum()).item()
    let other = ((products * (1 - isSame)).sum() / (1 - isSame).sum()).item()
    #expect(same > other + 0.2, "\(same) against \(other)")
  }

  /// D^−½ v solves A x = λ D x, and the second vector tells the cliques.
  @Test func spectralVectorsSolveTheirEquation() {
    let adjacency = GraphDataset.adjacency(Self.edges, count: 16)
    let codes = spectralEmbedding(adjacency, size: 2)
    let degrees = adjacency.to(.float64).sum(dim: 1, keepDim: true)
    let image = matmul(adjacency.to(.float64), codes) / degrees
    let values = (image * codes).sum(dim: 0) / squared(codes).sum(dim: 0)
    #expect(abs(image - values * codes).max().item() < 1e-10)
    #expect(abs(values[1].item() - 1) < 1e-10)
    let signs = sign(codes[.all, 0])
    #expect(abs(signs[0..<8].sum().item()) == 8)
    #expect(signs[0..<8].sum().item() == -signs[8...].sum().item())
  }
}
