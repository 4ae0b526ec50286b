import FoundationEssentials
import LatentCore
import Runs

/// What the list shows of a run, read from its folder.
struct RunSummary: Sendable {
  /// The part of `run.json` that is shown, which runs of every version have.
  struct Record: Decodable, Sendable {
    /// Where the data came from.
    struct Source: Decodable, Sendable {
      let source: String
      let trainingCount: Int?
    }

    let recipe: String
    let status: RunRecord.Status
    let start: String
    let data: Source
    let seed: UInt64?
    let budget: String?
    let end: String?
    let reason: String?
    let config: [String: String]?
  }

  /// The folder's name.
  let name: String
  /// What `run.json` says; nil if it does not read.
  let record: Record?
  /// The last event with an ELBO.
  let bound: Event?
  /// The updates done by the last event.
  let step: Int?

  /// A run of a folder, or nil if there is no `run.json` in it.
  init?(_ name: String, in folder: ServedFolder) {
    guard let file = folder.file([name, "run.json"]) else { return nil }
    self.name = name
    // A record is a few kilobytes; a file beyond a megabyte is none.
    record =
      file.count <= 1 << 20
      ? try? JSONDecoder().decode(Record.self, from: Data(file.tail(1 << 20))) : nil
    let events = folder.file([name, "events.jsonl"]).map(Self.lastEvents)
    (bound, step) = (events?.bound, events?.step)
  }

  /// The last event that holds an ELBO and the last step, looked for in the last 16 KiB; a line cut
  /// off is left out.
  private static func lastEvents(_ file: OpenFile) -> (bound: Event?, step: Int?) {
    let decoder = JSONDecoder()
    var step: Int?
    for line in file.tail(1 << 14).split(separator: 0x0A).reversed() {
      guard let event = try? decoder.decode(Event.self, from: Data(line)) else { continue }
      step = step ?? event.step
      if event.terms["elbo"] != nil { return (event, step) }
    }
    return (nil, step)
  }

  /// The updates of the whole budget; nil where only time ends it.
  var steps: Int? {
    guard let record, let text = record.budget, let budget = Budget(text) else { return nil }
    switch budget {
    case .steps(let count): return count
    case .minutes: return nil
    case .epochs(let epochs):
      func setting(_ name: String) -> Int? { record.config?[name].flatMap { Int($0) } }
      guard let count = record.data.trainingCount, count > 0, let size = setting("batch-size"),
        size > 0
      else { return nil }
      let (part, overflows) = size.multipliedReportingOverflow(
        by: max(1, setting("accumulate") ?? 1))
      guard !overflows, part > 0 else { return nil }
      let whole = epochs.multipliedReportingOverflow(by: 1 + (count - 1) / part)
      return whole.overflow ? nil : whole.partialValue
    }
  }
}

/// A run in the list: its summary and how it stands at this moment.
struct ListedRun: Sendable {
  /// The folder's name.
  let name: String
  /// What its folder says; nil for a job that has no folder yet.
  let summary: RunSummary?
  /// `running`, `finished`, `interrupted`, `failed`; `killed` for a run that says it is running while
  /// nobody trains it, `starting` for a job without a folder yet, `damaged` for a record that does
  /// not read.
  let status: String
  /// The process at work.
  let process: Int?
  /// The job that it was started by, if the studio did.
  let job: Job?

  /// When it began, which lists are sorted by.
  var start: String { summary?.record?.start ?? job?.start ?? "" }

  /// The run as a member of `/api/runs`.
  var json: JSONValue {
    let record = summary?.record
    let quantity = summary?.bound?.terms["elbo"]
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    func whole(_ value: Int?) -> JSONValue { value.map { .int($0) } ?? .null }
    return [
      "name": .string(name), "status": .string(status),
      "recipe": text(record?.recipe ?? job?.recipe), "data": text(record?.data.source ?? job?.data),
      "seed": record?.seed.flatMap { Int(exactly: $0) }.map { .int($0) } ?? .null,
      "start": text(record?.start ?? job?.start), "end": text(record?.end),
      "step": whole(summary?.step), "steps": whole(summary?.steps),
      "elbo": quantity.map { .double($0.value) } ?? .null, "unit": text(quantity?.unit),
      "split": text(quantity == nil ? nil : summary?.bound?.split),
      "isJob": .bool(job != nil), "pid": whole(process),
      "reason": text(record?.reason ?? job?.failure?.problem),
    ]
  }
}
