import Torch

extension GraphDataset {
  /// The whole graph as one example, with edges hidden to choose and to judge by.
  ///
  /// An example is [n, n + features] float32: the adjacency of the edges that are not hidden, then the nodes' features if
  /// they have some. The parts to choose and to judge by have that same example and, as extras, `pairs` [1, k, 2] int64 of
  /// nodes and `linked` [1, k] float32, 1 for as many hidden edges and 0 for as many pairs that the whole graph does not
  /// join, drawn uniformly and each once. In the order of `torch.randperm` under the seed, the first edges are those of the
  /// test, the next of the validation, both rounded down. The customary shares are those of Kipf & Welling 2016, arXiv
  /// 1611.07308, section 2. Throws `DatasetError` where a part would have no edge or the graph too few pairs without one.
  public func linkSplits(
    validation: Double = 0.05, test: Double = 0.1, seed: UInt64 = 0
  ) throws -> DatasetSplits {
    let count = edges.size(1)
    let testCount = Int(test * Double(count))
    let validationCount = Int(validation * Double(count))
    let isEnough = testCount > 0 && (validationCount > 0 || validation == 0)
    guard isEnough, testCount + validationCount < count else {
      throw DatasetError(
        .usage, subject: nodes.name,
        problem: "expected enough edges to hide \(validation) and \(test) of them, found \(count)",
        remedy:
          "take a graph of at least \(Int(1 / Swift.min(test, validation > 0 ? validation : 1)) + 1) edges"
      )
    }
    let generator = Generator(seed: seed)
    let order = Tensor.randperm(count, using: generator)
    let others = try unlinkedPairs(testCount + validationCount, using: generator)
    let held = testCount + validationCount
    let shown = Self.adjacency(edges.selected(order[held...], dim: 1), count: nodes.count)
    let features = hasFeatures ? [try nodes.all().examples] : []
    let example = concatenated([shown] + features, dim: 1).unsqueezed(dim: 0)
    let schema = DatasetSchema(.graph, shape: Array(example.shape.dropFirst()))
    func part(_ range: Range<Int>?) throws -> TensorDataset {
      var extras: [String: Tensor] = [:]
      if let range {
        let linked = edges.selected(order[range], dim: 1)
        let pairs = concatenated([linked, others[.all, range]], dim: 1)
        extras["pairs"] = pairs.transposed().contiguous().unsqueezed(dim: 0)
        extras["linked"] = concatenated(
          [
            Tensor.ones([1, range.count]), Tensor.zeros([1, range.count]),
          ], dim: 1)
      }
      return try TensorDataset(
        name: nodes.name, schema: schema, examples: example, extras: extras)
    }
    return DatasetSplits(
      name: nodes.name, train: try part(nil),
      validation: validationCount > 0 ? try part(testCount..<held) : nil
    ) { try part(0..<testCount) }
  }

  /// Different pairs of nodes that no edge joins, [2, count], uniform among all of them.
  private func unlinkedPairs(_ count: Int, using generator: Generator) throws -> Tensor {
    let n = nodes.count
    let free = n * (n - 1) / 2 - edges.size(1)
    guard free >= 2 * count else {
      throw DatasetError(
        .usage, subject: nodes.name,
        problem: "expected at least \(2 * count) pairs of nodes without an edge, found \(free)",
        remedy: "take a sparser graph")
    }
    var known = Set((edges[0] * n + edges[1]).scalars(as: Int.self))
    var found: [Int] = []
    while found.count < count {
      let draws = Tensor.randint(0..<n, [2, 4 * count], using: generator)
      let (first, second) = (draws[0].scalars(as: Int.self), draws[1].scalars(as: Int.self))
      for (a, b) in zip(first, second) where a != b && found.count < count {
        let key = Swift.min(a, b) * n + Swift.max(a, b)
        if known.insert(key).inserted { found.append(key) }
      }
    }
    let keys = Tensor(found)
    return stacked([keys.floorDivided(by: Tensor(n, dtype: .int64)), keys.remainder(dividingBy: n)])
  }
}

extension DatasetSplits {
  /// The graph whose nodes are the examples, with edges hidden; throws `DatasetError` for data that are no graph.
  public func links() throws -> DatasetSplits {
    guard let graph else {
      throw DatasetError(
        .usage, subject: name,
        problem:
          "expected a graph, found \(train.schema.kind.rawValue) of shape \(train.schema.exampleShape)",
        remedy: "use cora, sbm, or a folder with edges.csv and, if nodes have some, features.csv")
    }
    return try graph.linkSplits()
  }
}
