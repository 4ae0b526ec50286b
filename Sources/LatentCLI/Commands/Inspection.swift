import Datasets
import LatentCore

/// What `latent data inspect` tells of a source, for people and as a document.
struct Inspection {
  let source: String
  let summary: DatasetSummary
  let fingerprint: String
  let counts: [(part: String, count: Int)]

  private var schema: DatasetSchema { summary.schema }

  /// Prints facts, then factors, columns and rows as tables.
  func show(on console: Console) {
    let shape = schema.exampleShape.map(String.init).joined(separator: " × ")
    console.print("source: \(source)")
    console.print("kind: \(schema.kind.rawValue)")
    console.print("shape: \(shape)")
    let parts = counts.map { "\($0.part) \(NumberText.grouped($0.count))" }
    console.print("examples: \(parts.joined(separator: ", "))")
    let range = "\(number(summary.minimum)) to \(number(summary.maximum))"
    console.print(
      "values: \(range), mean \(number(summary.mean)), standard deviation "
        + "\(number(summary.standardDeviation)), of \(NumberText.grouped(summary.sampleCount)) "
        + "examples")
    if let names = schema.classNames { console.print("classes: \(classes(names))") }
    if let words = schema.vocabulary {
      console.print("vocabulary: \(NumberText.grouped(words.count)) tokens")
    }
    console.print("fingerprint: \(fingerprint)")
    if let factors = schema.factors, !factors.isEmpty { show(factors, on: console) }
    if let ranges = summary.columnRanges, !ranges.isEmpty { show(columns: ranges, on: console) }
    if !schema.kind.isImage { showRows(on: console) }
  }

  private func classes(_ names: [String]) -> String {
    let counted = zip(names, summary.labelCounts ?? []).prefix(20).map { "\($0) (\($1))" }
    let rest = names.count > 20 ? " …" : ""
    return "\(names.count): \(counted.joined(separator: ", "))\(rest)"
  }

  private func show(_ factors: [Factor], on console: Console) {
    var table = Table([.text("factor"), .number("values"), .text("from … to", wraps: true)])
    for (index, factor) in factors.enumerated() {
      var text = ""
      if let values = factor.values {
        text = Self.brief(values.map { number($0) })
      } else if let range = summary.factorRanges?[index] {
        text = "\(number(range.lowerBound)) … \(number(range.upperBound))"
      }
      if factor.isPeriodic { text += ", periodic" }
      table.add([factor.name, factor.size.map(String.init) ?? "continuous", text])
    }
    console.print()
    console.print(table)
  }

  private static func brief(_ values: [String]) -> String {
    guard values.count > 10 else { return values.joined(separator: " ") }
    return values.prefix(4).joined(separator: " ") + " … " + values.suffix(2).joined(separator: " ")
  }

  private func show(columns ranges: [ClosedRange<Double>], on console: Console) {
    var table = Table([.text("column"), .number("least"), .number("largest")])
    for (index, range) in ranges.enumerated() {
      table.add([columnName(index), number(range.lowerBound), number(range.upperBound)])
    }
    console.print()
    console.print(table)
  }

  private func columnName(_ index: Int) -> String {
    schema.columns.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? "\(index)"
  }

  /// The first rows: of short vectors one column a number, of all else one text.
  private func showRows(on console: Console) {
    let isTable = schema.kind == .vector && schema.exampleShape[0] <= 12
    var columns: [Table.Column] = [.text("example", wraps: true)]
    if isTable { columns = (0..<schema.exampleShape[0]).map { .number(columnName($0)) } }
    if summary.rowLabels != nil { columns.append(.text("class")) }
    var table = Table(columns)
    for (index, row) in summary.rows.enumerated() {
      var cells = isTable ? row.split(separator: " ").map(String.init) : [row]
      if let labels = summary.rowLabels { cells.append(labels[index]) }
      table.add(cells)
    }
    console.print()
    console.print(table)
  }

  /// Five significant digits at most.
  private func number(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e7 { return String(Int(value)) }
    var text = NumberText.significant(value, digits: 5)
    guard text.contains("."), !text.contains("e") else { return text }
    while text.hasSuffix("0") { text.removeLast() }
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// The same as one document.
  func document(out: String?) -> JSONObject {
    func pair(_ range: ClosedRange<Double>?) -> JSONValue {
      range.map { .array([.double($0.lowerBound), .double($0.upperBound)]) } ?? .null
    }
    var counted = JSONObject()
    for (part, count) in counts { counted[part] = .int(count) }
    let classes = schema.classNames.map { names in
      JSONValue.array(
        zip(names, summary.labelCounts ?? []).map { ["name": .string($0), "count": .int($1)] })
    }
    let factors = schema.factors.map { factors in
      JSONValue.array(
        factors.enumerated().map { index, factor in
          [
            "name": .string(factor.name), "size": factor.size.map { .int($0) } ?? .null,
            "values": factor.values.map { .array($0.map { .double($0) }) } ?? .null,
            "range": pair(summary.factorRanges?[index]), "periodic": .bool(factor.isPeriodic),
          ]
        })
    }
    let columns = summary.columnRanges.map { ranges in
      JSONValue.array(
        ranges.enumerated().map { index, range in
          ["name": .string(columnName(index)), "range": pair(range)]
        })
    }
    let rows = summary.rows.enumerated().map { index, row in
      var object: JSONObject = ["text": .string(row)]
      if let labels = summary.rowLabels { object["class"] = .string(labels[index]) }
      return JSONValue.object(object)
    }
    return [
      "source": .string(source), "kind": .string(schema.kind.rawValue),
      "shape": .array(schema.exampleShape.map { .int($0) }), "range": pair(schema.range),
      "counts": .object(counted),
      "figures": [
        "minimum": .double(summary.minimum), "maximum": .double(summary.maximum),
        "mean": .double(summary.mean), "standard-deviation": .double(summary.standardDeviation),
        "examples": .int(summary.sampleCount),
      ],
      "classes": classes ?? .null, "factors": factors ?? .null, "columns": columns ?? .null,
      "rows": .array(rows), "fingerprint": .string(fingerprint),
      "out": out.map { .string($0) } ?? .null,
    ]
  }
}
