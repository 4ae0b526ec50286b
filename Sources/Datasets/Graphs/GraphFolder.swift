import Torch

/// A user's own graph: a folder with `edges.csv`, two numbers of nodes from 0 a line, and perhaps `features.csv`, one row a
/// node in the order of the numbers, read as every table (a column of words, or one named label, is the class).
enum GraphFolder {
  /// Whether a folder holds a graph.
  static func isGraph(_ path: String) -> Bool { FilePath.isFile("\(path)/edges.csv") }

  /// The nodes as examples, with the graph beside them.
  static func splits(_ path: String, plan: SplitPlan) throws -> DatasetSplits {
    let graph = try load(path)
    var splits = try plan.divide(graph.nodes)
    splits.graph = graph
    return splits
  }

  private static func load(_ path: String) throws -> GraphDataset {
    let file = "\(path)/edges.csv"
    let table = try CSV(InputFile(file)).numbers
    guard table.rank == 2, table.size(1) == 2, table.size(0) > 0 else {
      throw FileError(
        path: file, problem: "expected two columns of numbers, found shape \(table.shape)",
        remedy: "write the numbers of an edge's two nodes a line")
    }
    guard (table .== floor(table)).all().item() == 1, table.min().item() >= 0,
      table.max().item() < Double(GraphDataset.nodeLimit)
    else {
      throw FileError(
        path: file,
        problem: "expected whole numbers of nodes from 0 to \(GraphDataset.nodeLimit - 1), found "
          + "\(table.min().item()) to \(table.max().item())",
        remedy: "number the nodes from 0")
    }
    let edges = table.to(.int64).transposed()
    let features = "\(path)/features.csv"
    let name = FilePath.lastComponent(path)
    guard FilePath.isFile(features) else {
      return try GraphDataset(name: name, count: edges.max().integerItem() + 1, edges: edges)
    }
    let nodes = try TableSource.dataset(CSV(InputFile(features)), path: features, label: nil)
    return try GraphDataset(nodes: nodes, edges: edges)
  }
}
