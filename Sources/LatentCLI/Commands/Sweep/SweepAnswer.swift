import LatentCore

/// What a sweep's process says of the run it trains, as a line of JSON.
enum SweepAnswer: Equatable {
  /// So much of the budget is used, from 0 to 1.
  case progress(Double)
  /// Trained to its end and measured.
  case finished
  /// Stopped on request; the state is kept.
  case interrupted
  /// Ended by a problem.
  case failed(SweepFailure)

  /// The answer that `line` holds; nil for anything else.
  init?(_ line: String) {
    guard let object = try? JSON5Reader.object(line, source: "answer") else { return nil }
    switch object["run"]?.text {
    case "training": self = .progress(object["fraction"]?.number ?? 0)
    case "finished": self = .finished
    case "interrupted": self = .interrupted
    case "failed":
      self = .failed(
        SweepFailure(
          reason: object["reason"]?.text ?? "", remedy: object["remedy"]?.text ?? ""))
    default: return nil
    }
  }

  /// The line without its end.
  var line: String {
    let object: JSONObject =
      switch self {
      case .progress(let fraction): ["run": "training", "fraction": .double(fraction)]
      case .finished: ["run": "finished"]
      case .interrupted: ["run": "interrupted"]
      case .failed(let failure):
        ["run": "failed", "reason": .string(failure.reason), "remedy": .string(failure.remedy)]
      }
    return JSONValue.object(object).text(.compact)
  }
}

/// Why a run of a sweep came to no end.
struct SweepFailure: Equatable {
  /// What happened, in one line.
  var reason: String
  /// What to do about it, in one line.
  var remedy: String
}
