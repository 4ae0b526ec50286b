public import Torch

/// The citation graph Cora in the files `nodes.csv`, `features.csv` and `edges.csv`.
///
/// 2,708 papers with 1,433 word marks, 7 classes, 5,278 undirected citations, and the division of
/// 140, 500 and 1,000 papers that is usual since Z. Yang et al. 2016.
public enum Cora {
  private static let classNames = [
    "theory", "reinforcement learning", "genetic algorithms", "neural networks",
    "probabilistic methods", "case based", "rule learning",
  ]
  private static let wordCount = 1433

  /// The graph in `folder`; throws `FileError` for numbers outside the graph.
  public static func load(folder: String) throws -> GraphDataset {
    let table = try CSV(InputFile("\(folder)/nodes.csv"))
    let count = table.rowCount
    let labels = try column(table, 1, below: classNames.count, "\(folder)/nodes.csv")
    let marks = try pairs("\(folder)/features.csv", below: count, wordCount)
    let edges = try pairs("\(folder)/edges.csv", below: count, count)
    let places = marks[0] * wordCount + marks[1]
    let flat = Tensor.zeros([count * wordCount])
      .scattering(Tensor.ones([places.count]), at: places, dim: 0)
    let nodes = try TensorDataset(
      name: "cora",
      schema: DatasetSchema(.vector, shape: [wordCount], range: 0...1, classNames: classNames),
      examples: flat.reshaped([count, wordCount]), labels: labels)
    return try GraphDataset(nodes: nodes, edges: edges)
  }

  /// The nodes divided as the third column of `nodes.csv` says.
  static func splits(folder: String) throws -> DatasetSplits {
    let path = "\(folder)/nodes.csv"
    let graph = try load(folder: folder)
    let nodes = graph.nodes
    let marks = try CSV(InputFile(path)).words?.fields ?? []
    func part(_ mark: String) throws -> Subset {
      let members = marks.indices.filter { marks[$0] == mark }
      guard !members.isEmpty else {
        throw FileError(
          path: path, problem: "expected nodes marked '\(mark)' in the last column, found none",
          remedy: "mark nodes with train, validation, test or none")
      }
      return try Subset(of: nodes, at: members)
    }
    let train = try part("train")
    let validation = try part("validation")
    var splits = DatasetSplits(name: "cora", train: train, validation: validation) {
      try part("test")
    }
    splits.graph = graph
    return splits
  }

  private static func column(
    _ table: CSV, _ column: Int, below limit: Int, _ path: String
  ) throws -> Tensor {
    guard table.numbers.size(1) > column else {
      throw FileError(
        path: path,
        problem: "expected \(column + 1) columns of numbers, found \(table.numbers.size(1))",
        remedy: "check that it is the set's file")
    }
    let values = table.numbers[.all, column].to(.int64)
    let (low, high) = (values.min().integerItem(), values.max().integerItem())
    guard low >= 0, high < limit else {
      throw FileError(
        path: path,
        problem:
          "column \(column + 1): expected numbers from 0 to \(limit - 1), found \(low) to \(high)",
        remedy: "check that the set's files belong together")
    }
    return values
  }

  private static func pairs(_ path: String, below first: Int, _ second: Int) throws -> Tensor {
    let table = try CSV(InputFile(path))
    return stacked([
      try column(table, 0, below: first, path), try column(table, 1, below: second, path),
    ])
  }
}
