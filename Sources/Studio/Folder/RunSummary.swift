import FoundationEssentials
import LatentCore
import Runs

/// What the studio knows of a run: its record, its last ELBO, and what can be looked at.
struct RunSummary: Sendable {
  /// The part of `run.json` that is shown, which runs of every version have.
  struct Record: Decodable, Sendable {
    /// Where the data came from.
    struct Source: Decodable, Sendable {
      let source: String
    }

    let recipe: String
    let status: RunRecord.Status
    let start: String
    let data: Source
    let seed: UInt64?
    let budget: String?
    let end: String?
    let reason: String?
  }

  /// The folder's name.
  let name: String
  /// What `run.json` says; nil if it does not read.
  let record: Record?
  /// The last event with an ELBO.
  let last: Event?
  /// Whether there is a `report.html`.
  let hasReport: Bool
  /// The names of the pictures in `figures/`.
  let figures: [String]

  /// A run of a folder, or nil if there is no `run.json` in it.
  init?(_ name: String, in folder: ServedFolder) {
    guard let file = folder.file([name, "run.json"]) else { return nil }
    self.name = name
    // A record is a few kilobytes; a file beyond a megabyte is none.
    record =
      file.count <= 1 << 20
      ? try? JSONDecoder().decode(Record.self, from: Data(file.tail(1 << 20))) : nil
    last = folder.file([name, "events.jsonl"]).flatMap(Self.lastBound)
    hasReport = folder.file([name, "report.html"]) != nil
    figures = folder.names([name, "figures"]).filter { $0.hasSuffix(".png") }
  }

  /// The last event that holds an ELBO, looked for in the last 64 KiB; a line cut off is left out.
  private static func lastBound(_ file: OpenFile) -> Event? {
    let decoder = JSONDecoder()
    for line in file.tail(1 << 16).split(separator: 0x0A).reversed() {
      if let event = try? decoder.decode(Event.self, from: Data(line)), event.terms["elbo"] != nil {
        return event
      }
    }
    return nil
  }

  /// The runs of a folder, the newest first.
  static func all(in folder: ServedFolder) -> [RunSummary] {
    folder.names().compactMap { RunSummary($0, in: folder) }.sorted {
      ($0.record?.start ?? "", $0.name) > ($1.record?.start ?? "", $1.name)
    }
  }

  /// How the run stands, in a word.
  var status: String { record?.status.rawValue ?? "damaged" }

  /// The run as a member of `/api/runs`.
  var json: JSONValue {
    var elbo = JSONValue.null
    if let last, let quantity = last.terms["elbo"] {
      elbo = [
        "value": .double(quantity.value), "unit": .string(quantity.unit),
        "split": .string(last.split), "step": .int(last.step),
      ]
    }
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "name": .string(name), "status": .string(status), "recipe": text(record?.recipe),
      "data": text(record?.data.source), "start": text(record?.start), "end": text(record?.end),
      "elbo": elbo, "report": .bool(hasReport), "figures": .array(figures.map { .string($0) }),
    ]
  }
}
