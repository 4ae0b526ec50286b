public import LatentCore

/// What one process of the benchmark is asked for; ours and the peers' read the same file.
public struct BenchTask: Sendable, Hashable {
  /// What is asked for.
  public enum Kind: String, Sendable {
    /// The losses of a few first steps, and on our side the file to start from.
    case check
    /// The times of steps.
    case time
    /// The work of a step; of our side alone.
    case count
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
  /// Where the workload is changed for a curve of growth: the axis's name and the value; nil for none. Of our side alone.
  public var point: GrowthPoint?
  /// The steps of a count before the one whose work is told: by the fourth, what a first step makes once is made.
  public var stepsBefore = 3

  /// A task.
  public init(
    _ kind: Kind, of workload: String, start: String, seconds: Double, threads: Int,
    precision: String = "float32", point: GrowthPoint? = nil
  ) {
    (self.kind, self.workload, self.start) = (kind, workload, start)
    (self.seconds, self.threads, self.precision) = (seconds, threads, precision)
    self.point = point
  }

  /// The steps whose losses are compared.
  public static let checkedSteps = 5

  /// The task as the members of a JSON object.
  public var json: JSONObject {
    var json: JSONObject = [
      "workload": .string(workload), "kind": .string(kind.rawValue), "start": .string(start),
      "seconds": .double(seconds), "threads": .int(threads), "precision": .string(precision),
      "checked_steps": .int(Self.checkedSteps),
    ]
    if kind == .count { json["steps_before"] = .int(stepsBefore) }
    if let point { json["point"] = [.string(point.axis), .int(point.value)] }
    return json
  }

  /// The task that `json` holds; nil if a member is missing.
  public init?(_ object: JSONObject) {
    guard let kind = object["kind"]?.text.flatMap(Kind.init), let start = object["start"]?.text,
      let workload = object["workload"]?.text, let seconds = object["seconds"]?.number,
      let threads = object["threads"]?.whole, let precision = object["precision"]?.text
    else { return nil }
    var point: GrowthPoint?
    if let pair = object["point"]?.elements {
      guard pair.count == 2, let axis = pair[0].text, let value = pair[1].whole else { return nil }
      point = GrowthPoint(axis: axis, value: value)
    }
    self.init(
      kind, of: workload, start: start, seconds: seconds, threads: threads, precision: precision,
      point: point)
    if let steps = object["steps_before"]?.whole { stepsBefore = steps }
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
