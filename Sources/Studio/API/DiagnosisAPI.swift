import LatentCore
import Runs

/// What is wrong with a run, and the run that would mend it.
enum DiagnosisAPI {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .get("/api/runs/*/diagnosis") { call in
        let run = try studio.run(call.path[2])
        guard let found = try answer(studio, run) else {
          throw Problem(404, "\(run) was not looked at yet", remedy: "run latent diagnose")
        }
        return .json(found)
      },
      .post("/api/runs/*/diagnosis") { call in
        let run = try studio.run(call.path[2])
        _ = try studio.children.document(["diagnose", "\(studio.settings.runs)/\(run)"])
        guard let found = try answer(studio, run) else {
          throw Problem(
            500, "the diagnosis was not written", remedy: "run latent diagnose in a terminal")
        }
        return .json(found)
      },
    ]
  }

  /// `diagnosis.json`, each finding with its remedy as a job; nil without the file.
  private static func answer(_ studio: Studio, _ run: String) throws -> JSONValue? {
    guard let document = RunsAPI.document(studio, [run, "diagnosis.json"])?.object,
      let summary = RunSummary(run, in: studio.folder)
    else { return nil }
    let changes = try changes(studio, summary)
    var answer = document
    answer["findings"] = .array(
      (document["findings"]?.elements ?? []).map { finding in
        guard var members = finding.object else { return finding }
        members["remedy"] = .object(
          remedy(
            members["remedy"]?.text ?? "", members["settings"]?.elements ?? [], summary, changes,
            studio.settings))
        return .object(members)
      })
    answer["command"] = .string(
      ShellLine.text(["latent", "diagnose", "\(studio.settings.runs)/\(run)"]))
    return .object(answer)
  }

  /// What a run was told that is not the default.
  private static func changes(_ studio: Studio, _ summary: RunSummary) throws -> JSONObject {
    guard let record = summary.record, let config = record.config else { return [:] }
    let text = String(
      decoding: try studio.lists.document(["list", "recipes", try ListsAPI.word(record.recipe)]),
      as: UTF8.self)
    let fields = try JSON5Reader.read(text, source: "recipe")["settings"]?.elements ?? []
    var changes = JSONObject()
    for field in fields {
      guard let key = field["key"]?.text, let value = config[key], let usual = field["default"],
        value != ConfigField.text(of: usual)
      else { continue }
      changes[key] = .string(value)
    }
    return changes
  }

  private static func remedy(
    _ text: String, _ settings: [JSONValue], _ summary: RunSummary, _ changes: JSONObject,
    _ studio: StudioSettings
  ) -> JSONObject {
    var (own, all) = (JSONObject(), changes)
    for pair in settings.compactMap(\.text) {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      own[String(parts[0])] = .string(String(parts[1]))
      all[String(parts[0])] = .string(String(parts[1]))
    }
    guard let record = summary.record, !own.members.isEmpty else {
      return ["text": .string(text), "settings": .object(own)]
    }
    var options: JSONObject = ["seed": .int(Int(clamping: record.seed ?? 0))]
    let budget = (record.budget ?? "").split(separator: "=")
    if budget.count == 2, let number = Double(budget[1]) {
      options[String(budget[0])] = Int(exactly: number).map { .int($0) } ?? .double(number)
    }
    var words = ["latent", "train", record.recipe, "--data", record.data.source]
    for option in options.members {
      words += ["--\(option.name)", ConfigField.text(of: option.value)]
    }
    for setting in all.members {
      words += ["--set", "\(setting.name)=\(setting.value.text ?? "")"]
    }
    return [
      "text": .string(text), "settings": .object(own),
      "job": [
        "recipe": .string(record.recipe), "data": .string(record.data.source),
        "settings": .object(all), "options": .object(options),
      ],
      "command": .string(ShellLine.text(words + ["--out", studio.runs])),
    ]
  }
}
