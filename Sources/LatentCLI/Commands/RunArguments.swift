import LatentCore
import Runs

/// A run whose recipe, data, seed, budget, device, threads and settings are to be used again.
struct RunArguments: PathArgumentSource {
  /// The run's folder, or its `run.json`.
  let path: Path

  static var expectation: String { "a run folder" }
  static var completion: Completion { .folders }

  init(path: Path) { self.path = path }

  /// What `run.json` holds.
  func record() throws(CommandError) -> RunRecord {
    let suffix = "/run.json"
    var folder = path.text
    if folder == "run.json" { folder = "." }
    if folder.hasSuffix(suffix) { folder = String(folder.dropLast(suffix.count)) }
    do {
      return try RunFolder(existing: folder).record()
    } catch {
      throw commandError(error) ?? .environment("\(error)", remedy: "check the run folder")
    }
  }

  func members() throws(CommandError) -> [JSONObject.Member] {
    let record = try record()
    var settings = JSONObject()
    for (key, value) in record.config.sorted(by: { $0.key < $1.key }) {
      settings[key] = .string(value)
    }
    var object: JSONObject = [
      "recipe": .string(record.recipe), "data": .string(record.data.source),
      "seed": .string("\(record.seed)"), "device": .string(record.device),
      "threads": .int(max(record.threads, 1)), "set": .object(settings),
    ]
    guard let budget = Budget(record.budget) else {
      throw .environment(
        "\(path): expected a budget such as epochs=10, found '\(record.budget)'",
        remedy: "restore run.json from a copy")
    }
    let (name, value) = budget.argument
    object[name] = value
    return object.members
  }
}

extension Budget {
  /// The budget as an option and its value.
  var argument: (name: String, value: JSONValue) {
    switch self {
    case .epochs(let count): ("epochs", .int(count))
    case .steps(let count): ("steps", .int(count))
    case .minutes(let length): ("minutes", .double(length))
    }
  }
}
