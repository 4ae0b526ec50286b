import FoundationEssentials
import Torch

/// What the index keeps of a run, read from its folder.
package struct IndexedRun {
  /// The values of `RunField` in their order.
  var fields: [DatabaseValue]
  /// The settings and metrics by their full names, such as `config.beta` and `test.elbo`.
  var values: [(key: String, number: DatabaseValue, text: String)] = []

  /// A record beyond this many bytes is none.
  private static let longestRecord = 16 << 20

  /// Reads a folder; what cannot be read makes the run a damaged one, never a failure.
  package init(_ name: String, in parent: String) {
    let folder = "\(parent)/\(name)"
    guard let record = Self.decode(Record.self, "\(folder)/run.json"),
      record.format == RunRecord.format
    else {
      fields = RunField.allCases.map { field in
        switch field {
        case .name: .text(name)
        case .status: .text("damaged")
        default: .null
        }
      }
      return
    }
    fields = RunField.allCases.map { record.value(of: $0, name: name) }
    for (key, text) in record.config { add("config.\(key)", text) }
    let evaluation = Self.decode(Evaluation.self, "\(folder)/evaluation.json")
    for (key, metric) in evaluation?.metrics ?? [:] {
      if let value = metric.value { add("test.\(key)", value) }
    }
    for (key, quantity) in Self.lastValidation("\(folder)/events.jsonl")?.terms ?? [:] {
      add("validation.\(key)", quantity.value)
    }
  }

  private mutating func add(_ key: String, _ text: String) {
    values.append((key, Self.number(text), text))
  }

  private mutating func add(_ key: String, _ value: Double) {
    values.append((key, .double(value), "\(value)"))
  }

  /// The number that a text stands for: whole if it fits 64 bits, finite, else nothing.
  static func number(_ text: String) -> DatabaseValue {
    if let whole = Int64(text) { return .int(whole) }
    if let value = Double(text), value.isFinite { return .double(value) }
    return .null
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) -> Value? {
    guard let file = try? InputFile(path), file.count <= longestRecord,
      let bytes = try? file.all()
    else { return nil }
    return try? JSONDecoder().decode(type, from: Data(bytes))
  }

  /// The last event of validation, looked for from the log's end back; a line cut off is left out.
  private static func lastValidation(_ path: String) -> Event? {
    guard let file = try? InputFile(path) else { return nil }
    let mark = Array("\"validation\"".utf8)
    var reach = 1 << 16
    while true {
      let start = max(0, file.count - reach)
      guard let tail = try? file.bytes(at: start, count: file.count - start) else { return nil }
      var lines = tail.split(separator: 0x0A, omittingEmptySubsequences: false)
      lines.removeLast()
      // The first line is whole only at the file's start.
      if start > 0, !lines.isEmpty { lines.removeFirst() }
      for line in lines.reversed() where line.firstRange(of: mark) != nil {
        let event = try? JSONDecoder().decode(Event.self, from: Data(line))
        if let event, event.split == "validation" { return event }
      }
      guard start > 0, reach < 1 << 26 else { return nil }
      reach *= 8
    }
  }

  /// The part of `run.json` that is listed.
  private struct Record: Decodable {
    struct Source: Decodable {
      var source: String
      var fingerprint: String
    }

    var format: Int
    var recipe: String
    var config: [String: String]
    var seed: UInt64
    var data: Source
    var budget: String
    var version: String
    var commit: String?
    var libtorch: String
    var device: String
    var status: RunRecord.Status
    var seconds: Double
    var start: String
    var end: String?

    func value(of field: RunField, name: String) -> DatabaseValue {
      switch field {
      case .name: .text(name)
      case .status: .text(status.rawValue)
      case .recipe: .text(recipe)
      case .data: .text(data.source)
      case .seed: Int64(exactly: seed).map { .int($0) } ?? .text("\(seed)")
      case .start: .text(start)
      case .end: end.map { .text($0) } ?? .null
      case .minutes: .double(seconds / 60)
      case .budget: .text(budget)
      case .device: .text(device)
      case .version: .text(version)
      case .commit: commit.map { .text($0) } ?? .null
      case .libtorch: .text(libtorch)
      case .fingerprint: .text(data.fingerprint)
      }
    }
  }

  /// The part of `evaluation.json` that is listed.
  private struct Evaluation: Decodable {
    struct Metric: Decodable { var value: Double? }
    var metrics: [String: Metric]
  }
}
