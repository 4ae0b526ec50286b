public import LatentCore

/// What one process of the benchmark is asked for; ours and the peers' read the same file.
public struct BenchTask: Sendable, Hashable {
  /// What is asked for.
  public enum Kind: String, Sendable {
    /// The losses of a few first steps, and on our side the file to start from.
    case check
    /// The times of steps.
    case time
  }

  /// The workload's name.
  public var workload: String
  /// What is asked for.
  public var kind: Kind
  /// The file with weights and batch.
  public var start: String
  /// How long to measure.
  public var seconds: Double
  /// Threads of one operation.
  public var threads: Int
  /// `float32` or `bfloat16`.
  public var precision: String

  /// A task.
  public init(
    _ kind: Kind, of workload: String, start: String, seconds: Double, threads: Int,
    precision: String = "float32"
  ) {
    (self.kind, self.workload, self.start) = (kind, workload, start)
    (self.seconds, self.threads, self.precision) = (seconds, threads, precision)
  }

  /// The steps whose losses are compared.
  public static let checkedSteps = 5

  /// The task as the members of a JSON object.
  public var json: JSONObject {
    [
      "workload": .string(workload), "kind": .string(kind.rawValue), "start": .string(start),
      "seconds": .double(seconds), "threads": .int(threads), "precision": .string(precision),
      "checked_steps": .int(Self.checkedSteps),
    ]
  }

  /// The task that `json` holds; nil if a member is missing.
  public init?(_ object: JSONObject) {
    guard let kind = object["kind"]?.text.flatMap(Kind.init), let start = object["start"]?.text,
      let workload = object["workload"]?.text, let seconds = object["seconds"]?.number,
      let threads = object["threads"]?.whole, let precision = object["precision"]?.text
    else { return nil }
    self.init(
      kind, of: workload, start: start, seconds: seconds, threads: threads, precision: precision)
  }
}

extension BenchTask {
  /// The same as a timing.
  public var timed: BenchTask {
    var task = self
    task.kind = .time
    return task
  }
}
