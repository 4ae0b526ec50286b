import Datasets
import Foundation
import Testing
import Torch

@Suite struct GraphDatasetTests {
  private static func pairs(_ edges: Tensor) -> Set<[Int]> {
    let (a, b) = (edges[0].scalars(as: Int.self), edges[1].scalars(as: Int.self))
    return Set(zip(a, b).map { [$0, $1] })
  }

  @Test func edgesAreKeptOnceAndWithoutLoops() throws {
    let edges = Tensor([3, 1, 2, 0, 2, 1, 3, 2, 2, 3], shape: [2, 5])
    let graph = try GraphDataset(name: "g", count: 4, edges: edges)
    #expect(Self.pairs(graph.edges) == [[1, 3], [2, 3], [0, 2]])
    #expect(Self.pairs(graph.edges).allSatisfy { $0[0] < $0[1] })
    #expect(Self.pairs(graph.edges).count == graph.edges.size(1))
    let matrix = GraphDataset.adjacency(graph.edges, count: 4)
    #expect(matrix.isEqual(to: matrix.transposed().contiguous()))
    #expect(matrix.sum().item() == Double(2 * graph.edges.size(1)))
    #expect(matrix.diagonal().sum().item() == 0)
    #expect(throws: DatasetError.self) { try GraphDataset(name: "g", count: 3, edges: edges) }
  }

  /// Shown and hidden edges are all edges, no pair without an edge is one, and nothing is twice.
  @Test func hiddenEdgesAreHidden() throws {
    var plan = BlockModel()
    (plan.count, plan.blocks) = (200, 5)
    let graph = try plan.graph()
    let splits = try graph.linkSplits(seed: 3)
    let all = Self.pairs(graph.edges)
    let example = try splits.train.all().examples[0]
    #expect(example.shape == [200, 232])
    let shown = Self.pairs(example[.all, 0..<200].upperTriangle().nonzero().transposed())
    var seen = shown
    let parts = [
      (try #require(splits.validation), all.count / 20), (try splits.test(), all.count / 10),
    ]
    for (part, size) in parts {
      let batch = try part.all()
      #expect(batch.examples[0].isEqual(to: example))
      let pairs = try #require(batch.extras["pairs"])[0]
      let linked = try #require(batch.extras["linked"])[0].scalars(as: Double.self)
      #expect(pairs.shape == [2 * size, 2] && linked.reduce(0, +) == Double(size))
      for (row, mark) in linked.enumerated() {
        let pair = pairs[row].scalars(as: Int.self)
        #expect(pair[0] < pair[1] && all.contains(pair) == (mark == 1))
        #expect(seen.insert(pair).inserted)
      }
    }
    #expect(seen.intersection(all) == all)
    let again = try graph.linkSplits(seed: 3)
    #expect(try again.fingerprint == splits.fingerprint)
    #expect(try graph.linkSplits(seed: 4).fingerprint != splits.fingerprint)
  }

  /// Degrees inside and outside of blocks are those asked for, within five standard errors.
  @Test func blocksHaveTheirDegrees() throws {
    var plan = BlockModel()
    plan.count = 1000
    let graph = try plan.graph()
    let labels = try #require(try graph.nodes.all().labels)
    let ends = (labels.selected(graph.edges[0], dim: 0), labels.selected(graph.edges[1], dim: 0))
    let inner = (ends.0 .== ends.1).to(.int64).sum().integerItem()
    let outer = graph.edges.size(1) - inner
    // Half of count · degree edges, Poisson to good measure.
    #expect(abs(Double(inner) - 2000) < 5 * 2000.0.squareRoot())
    #expect(abs(Double(outer) - 1000) < 5 * 1000.0.squareRoot())
    plan.inner = 200
    #expect(throws: DatasetError.self) { try plan.graph() }
  }

  @Test func namedGraphsAreNodesAndLinks() throws {
    let splits = try DatasetRegistry.open("sbm:count=100,blocks=4,features=3")
    #expect(splits.train.schema.exampleShape == [3] && splits.train.schema.classCount == 4)
    let links = try splits.links()
    #expect(links.train.count == 1 && links.train.schema.kind == .graph)
    #expect(links.train.schema.exampleShape == [100, 103])
    #expect(
      try DatasetRegistry.open("sbm:count=100,blocks=4,features=0").links()
        .train.schema.exampleShape == [100, 100])
  }

  @Test func aFolderWithEdgesIsAGraph() throws {
    let home = try TemporaryFolder()
    let folder = home.path
    do {
      let edges = (0..<40).map { "\($0),\(($0 + 1) % 40)" }
      func write(_ name: String, _ lines: [String]) throws {
        try (lines.joined(separator: "\n") + "\n")
          .write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
      }
      try write("edges.csv", ["from,to"] + edges)
      let bare = try DatasetRegistry.open(folder).links()
      #expect(bare.train.schema.exampleShape == [40, 40])
      try write("features.csv", ["a,b,label"] + (0..<40).map { "\($0),0.5,\($0 % 2)" })
      let splits = try DatasetRegistry.open(folder)
      #expect(splits.train.schema.classCount == 2)
      #expect(try splits.links().train.schema.exampleShape == [40, 42])
      try write("edges.csv", edges + ["3,77"])
      #expect(throws: DatasetError.self) { try DatasetRegistry.open(folder) }
      try write("edges.csv", edges + ["3,1.5"])
      #expect(throws: FileError.self) { try DatasetRegistry.open(folder) }
    }
  }
}
