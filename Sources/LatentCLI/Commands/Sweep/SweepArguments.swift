import LatentCore
import Runs

/// A sweep that is to go on: its folder, whose record stands for recipe, data, grid and all options.
struct SweepArguments: PathArgumentSource {
  /// The sweep's folder.
  let path: Path

  static var expectation: String { "a sweep's folder" }
  static var completion: Completion { .folders }

  init(path: Path) { self.path = path }

  func members() throws(CommandError) -> [JSONObject.Member] {
    let (folder, record): (SweepFolder, SweepRecord)
    do {
      folder = try SweepFolder(existing: path.text)
      record = try folder.record()
    } catch {
      throw commandError(error) ?? .environment("\(error)", remedy: "check the sweep's folder")
    }
    let plan = record.plan
    var (settings, grid) = (JSONObject(), JSONObject())
    for (key, value) in plan.config.sorted(by: { $0.key < $1.key }) {
      settings[key] = .string(value)
    }
    for axis in plan.axes {
      // A list of numbers is one value, so it stands in brackets.
      let values = axis.values.map { $0.contains(",") || $0.isEmpty ? "[\($0)]" : $0 }
      grid[axis.key] = .string(values.joined(separator: ","))
    }
    var object: JSONObject = [
      "recipe": .string(plan.recipe), "data": .string(plan.data),
      "seeds": .string(plan.seeds.map { "\($0)..\($0)" }.joined(separator: ",")),
      "device": .string(plan.device), "threads": .int(record.threads),
      "set": .object(settings), "grid": .object(grid),
    ]
    if let budget = plan.budget.flatMap({ Budget($0) }) {
      object[budget.argument.name] = budget.argument.value
    }
    let parts = folder.path.split(separator: "/", omittingEmptySubsequences: false)
    object["name"] = .string(parts.last.map(String.init) ?? folder.path)
    let parent = parts.dropLast().joined(separator: "/")
    object["out"] = .string(parts.count == 1 ? "." : parent.isEmpty ? "/" : parent)
    return object.members
  }
}
