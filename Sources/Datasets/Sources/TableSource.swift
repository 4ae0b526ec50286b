import Torch

/// Tables of numbers as data sets: a row is an example, one column may be the label.
///
/// The label is the column of words if there is one, else the column that `label=` names (`first`,
/// `last`, a name of the head, or `none`), else a column whose name is label, class or target. The columns that
/// `target=` names (of the head, several with + between) are no part of an example: they are its continuous
/// factors, to be predicted.
enum TableSource {
  static func open(_ path: String, _ options: inout SourceOptions) throws -> TensorDataset {
    let choice = options.text("label")
    let targets = options.text("target")?.split(separator: "+").map(String.init) ?? []
    return try dataset(CSV(InputFile(path)), path: path, label: choice, targets: targets)
  }

  static func dataset(
    _ table: CSV, path: String, label choice: String?, targets: [String] = []
  ) throws -> TensorDataset {
    let name = FilePath.lastComponent(path)
    var names = table.names
    if let words = table.words {
      names?.remove(at: words.column)
      if let choice { throw conflict(path, choice) }
      let classes = words.kinds.sorted()
      let numbers = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
      let labels = Tensor(words.kinds.map { numbers[$0] ?? 0 })
        .selected(Tensor(words.numbers), dim: 0)
      return try rows(table.numbers, names, name: name, path: path, classes, labels, targets)
    }
    // A column to predict may well be called target, which is a label where nobody says otherwise.
    let label = choice ?? (targets.isEmpty ? nil : "none")
    guard let column = try labelColumn(table, path: path, choice: label) else {
      return try rows(table.numbers, names, name: name, path: path, nil, nil, targets)
    }
    let (classes, labels) = try classNumbers(table.numbers[.all, column], path: path)
    let kept = (0..<table.numbers.size(1)).filter { $0 != column }
    let values = table.numbers.selected(Tensor(kept), dim: 1)
    names?.remove(at: column)
    return try rows(values, names, name: name, path: path, classes, labels, targets)
  }

  private static func labelColumn(_ table: CSV, path: String, choice: String?) throws -> Int? {
    let width = table.numbers.size(1)
    switch choice {
    case "none": return nil
    case "first": return 0
    case "last": return width - 1
    case let name?:
      if let column = table.names?.firstIndex(of: name) { return column }
      throw DatasetError(
        .usage, subject: path,
        problem: "label: expected first, last, none or a name of the head, found '\(name)'",
        remedy: table.names.map {
          "the head has \($0.prefix(20).map { $0.prefix(40) }.joined(separator: ", "))"
        }
          ?? "the table has no head: use first or last")
    case nil:
      return table.names?.firstIndex { ["label", "class", "target"].contains($0.lowercased()) }
    }
  }

  /// The distinct numbers of a column in order as classes.
  private static func classNumbers(
    _ column: Tensor, path: String
  ) throws -> (names: [String], labels: Tensor) {
    let values = column.contiguous().unique().values
    guard values.count <= 10_000 else {
      throw FileError(
        path: path, problem: "its label column has \(values.count) distinct values",
        remedy: "choose a column of classes, or label=none")
    }
    let names = values.scalars(as: Double.self).map { value in
      value == value.rounded() ? String(Int(value)) : String(Float(value))
    }
    return (names, values.insertionIndices(of: column.contiguous()))
  }

  private static func rows(
    _ values: Tensor, _ columns: [String]?, name: String, path: String, _ classes: [String]?,
    _ labels: Tensor?, _ targets: [String]
  ) throws -> TensorDataset {
    let places = try targets.map { try targetColumn($0, columns, path: path) }
    let kept = (0..<values.size(1)).filter { !places.contains($0) }
    guard !kept.isEmpty else {
      throw FileError(
        path: path, problem: "expected at least one column of numbers, found none",
        remedy: targets.isEmpty ? "add columns of numbers" : "leave a column that is no target")
    }
    func part(_ places: [Int]) -> Tensor { values.selected(Tensor(places), dim: 1) }
    return try TensorDataset(
      name: name,
      schema: DatasetSchema(
        .vector, shape: [kept.count], classNames: classes,
        factors: targets.isEmpty ? nil : targets.map { Factor(continuous: $0) },
        columns: targets.isEmpty ? columns : columns.map { names in kept.map { names[$0] } }),
      examples: targets.isEmpty ? values : part(kept), labels: labels,
      factors: targets.isEmpty ? nil : part(places))
  }

  private static func targetColumn(
    _ name: String, _ columns: [String]?, path: String
  ) throws -> Int {
    if let column = columns?.firstIndex(of: name) { return column }
    throw DatasetError(
      .usage, subject: path,
      problem: "target: expected a name of the head other than the label's, found '\(name)'",
      remedy: columns.map {
        "the head has \($0.prefix(20).map { $0.prefix(40) }.joined(separator: ", "))"
      } ?? "the table has no head: add one")
  }

  private static func conflict(_ path: String, _ choice: String) -> DatasetError {
    DatasetError(
      .usage, subject: path,
      problem: "label: expected none to be named beside a column of words, found '\(choice)'",
      remedy: "leave the option out: the column of words is the label")
  }
}
