import LatentCore

/// A `latent` process that the studio started and that goes on without it.
struct Job: Sendable {
  /// What it does.
  enum Kind: String, Codable, Sendable {
    /// Trains a new run.
    case train
    /// Goes on with a run.
    case resume
    /// Measures a paper's claim.
    case reproduce
  }

  /// What is kept of it in a file.
  struct Record: Codable, Sendable {
    var kind: Kind
    var name: String
    var recipe: String?
    var data: String?
    var paper: String?
    var words: [String]
    var start: String
    var process: Int
  }

  var record: Record
  /// Whether the process is at work.
  var isAlive: Bool
  /// Why it ended; nil while it is at work and if all went well.
  var failure: Problem?

  var name: String { record.name }
  var kind: Kind { record.kind }
  var recipe: String? { record.recipe }
  var data: String? { record.data }
  var start: String { record.start }
  var process: Int { record.process }
  /// The shell line that does the same.
  var command: String { ShellLine.text(["latent"] + record.words) }

  /// The job as a member of `/api/jobs`.
  var json: JSONObject {
    func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
    return [
      "name": .string(name), "kind": .string(kind.rawValue), "recipe": text(recipe),
      "data": text(data), "paper": text(record.paper), "start": .string(start),
      "status": isAlive ? "running" : failure == nil ? "finished" : "failed",
      "pid": isAlive ? .int(process) : .null, "command": .string(command),
      "problem": text(failure?.problem), "remedy": text(failure?.remedy),
    ]
  }
}
