import Datasets
import LatentCore
import Runs

/// A training that the page asks for, as the words of the command.
struct JobRequest {
  private static let budgets = ["epochs", "steps", "minutes"]
  private static let numbers = ["seed", "threads"]
  let name: String
  let record: Job.Record

  /// Reads `{"recipe", "data", "settings": {…}, "options": {…}}`; throws `Problem` for what cannot be
  /// meant. Whether recipe, data and settings go together, the command itself says.
  init(_ body: JSONObject, _ settings: StudioSettings) throws {
    let recipe = try Self.word(body["recipe"], "recipe")
    let data = try Self.word(body["data"], "data")
    try DataPlace(settings).check(data)
    guard recipe.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
      throw Problem(422, "unknown recipe '\(recipe.prefix(40))'", remedy: "choose one of the list")
    }
    var words = ["train", recipe, "--data", data]
    let options = body["options"]?.object ?? [:]
    for member in options.members where member.value != .null {
      if Self.budgets.contains(member.name) || Self.numbers.contains(member.name) {
        guard let number = member.value.number, number.isFinite else {
          throw Problem(
            422,
            "\(member.name): expected a number, found \(member.value.text(.compact).prefix(40))",
            remedy: "give a number, or leave it out")
        }
        words += ["--\(member.name)", ConfigField.text(of: member.value)]
      } else if member.name == "device" {
        words += ["--device", try Self.word(member.value, "device")]
      } else if member.name != "name" && member.name != "out" {
        throw Problem(
          422, "unknown option '\(member.name.prefix(40))'",
          remedy: "options: epochs, steps, minutes, seed, threads, device, name")
      }
    }
    for member in (body["settings"]?.object ?? [:]).members {
      let text = "\(member.name)=\(ConfigField.text(of: member.value))"
      words += ["--set", try Self.word(.string(text), "settings")]
    }
    name = try Self.name(options["name"], settings, recipe, data)
    words += ["--out", settings.runs, "--name", name]
    record = Job.Record(
      kind: .train, name: name, recipe: recipe, data: data, words: words, start: Timestamp.now,
      process: 0)
  }

  private static func name(
    _ wanted: JSONValue?, _ settings: StudioSettings, _ recipe: String, _ data: String
  ) throws -> String {
    guard let wanted, wanted != .null, wanted != "" else {
      return RunFolder.freeName(in: settings.runs, recipe: recipe, data: data)
    }
    let name = try word(wanted, "name")
    guard Request.isPlain(name), name.utf8.count <= 200 else {
      throw Problem(
        422, "name: expected a folder's name without '/' that does not begin with '.'",
        remedy: "leave it out for one made of date, recipe and data")
    }
    return name
  }

  private static func word(_ value: JSONValue?, _ what: String) throws -> String {
    guard let text = value?.text, text.utf8.count <= 4096, let first = text.unicodeScalars.first,
      first != "-", text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else {
      throw Problem(
        422, "\(what): expected a text that does not begin with '-'",
        remedy: "choose one of the list")
    }
    return text
  }
}
