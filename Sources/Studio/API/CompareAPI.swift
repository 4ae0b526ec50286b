import LatentCore

/// Two to six runs side by side.
enum CompareAPI {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .get("/api/compare", isSlow: true) { try compare(studio, $0) },
      .post("/api/compare/reconstructions") { try reconstructions(studio, $0) },
      .post("/api/compare/stitching") { try stitching(studio, $0) },
    ]
  }

  private static func compare(_ studio: Studio, _ call: Call) throws -> Response {
    let names = try names(studio, try call.values("run"))
    let words = ["compare"] + names.map { "\(studio.settings.runs)/\($0)" }
    var answer: JSONObject = [:]
    do {
      let document = try studio.children.document(words)
      answer = try JSON5Reader.object(String(decoding: document, as: UTF8.self), source: "compare")
    } catch let problem as Problem where problem.status == 422 {
      // What differs in their settings can be told of runs that cannot be compared.
      answer["error"] = ["problem": .string(problem.problem), "remedy": .string(problem.remedy)]
    }
    answer["differences"] = .array(differences(studio, names))
    answer["command"] = .string(ShellLine.text(["latent"] + words))
    return .json(.object(answer))
  }

  /// `{"key", "values": {run: text}}` of what the runs were told differently.
  private static func differences(_ studio: Studio, _ names: [String]) -> [JSONValue] {
    let told = names.map { name -> [String: String] in
      guard let record = RunSummary(name, in: studio.folder)?.record else { return [:] }
      var facts = record.config ?? [:]
      facts["recipe"] = record.recipe
      facts["data"] = record.data.source
      facts["budget"] = record.budget
      facts["seed"] = record.seed.map { "\($0)" }
      return facts
    }
    let keys = Set(told.flatMap(\.keys)).sorted()
    return keys.filter { key in Set(told.map { $0[key] }).count > 1 }.map { key in
      var values = JSONObject()
      for (name, facts) in zip(names, told) {
        values[name] = facts[key].map { .string($0) } ?? .null
      }
      return ["key": .string(key), "values": .object(values)]
    }
  }

  /// `{"originals": […], "runs": {run: {"pictures": […]} or {"problem"}}}`.
  private static func reconstructions(_ studio: Studio, _ call: Call) throws -> Response {
    let body = try call.object()
    let names = try names(studio, body)
    var (originals, runs) = (JSONValue.null, JSONObject())
    for name in names {
      do {
        let bytes = try RoomAPI.answer(
          studio, run: name, "reconstruct",
          ["indices": body["indices"] ?? .null, "split": body["split"] ?? .null])
        let answer = try JSON5Reader.object(
          String(decoding: bytes, as: UTF8.self), source: "answer")
        if originals == .null { originals = answer["originals"] ?? .null }
        runs[name] = ["pictures": answer["reconstructions"] ?? []]
      } catch let problem as Problem {
        runs[name] = ["problem": .string(problem.problem), "remedy": .string(problem.remedy)]
      }
    }
    let indices = (body["indices"]?.elements ?? []).compactMap(\.whole)
    return .json([
      "originals": originals, "runs": .object(runs),
      "command": .string(
        ShellLine.text([
          "latent", "reconstruct", "\(studio.settings.runs)/\(names[0])", "-n",
          "\((indices.max() ?? 0) + 1)",
        ])),
    ])
  }

  /// `{"metric", "matrix": [[cell]], "chance"}`: the encoder of the row before the decoder of the column, by the way of the
  /// least error; a cell is `{"encoder", "decoder", "value", "way", "accuracy"}` or has its `problem`.
  private static func stitching(_ studio: Studio, _ call: Call) throws -> Response {
    let names = try names(studio, try call.object())
    var native: [String: JSONValue] = [:]
    var chance = JSONValue.null
    var cells: [[JSONObject]] = []
    for first in names {
      var row: [JSONObject] = []
      for second in names {
        var cell: JSONObject = ["encoder": .string(first), "decoder": .string(second)]
        if first != second {
          do {
            let bytes = try studio.children.document([
              "stitch", "\(studio.settings.runs)/\(first)", "\(studio.settings.runs)/\(second)",
            ])
            let found = try JSON5Reader.object(
              String(decoding: bytes, as: UTF8.self), source: "stitch")
            native[second] = found["native"] ?? .null
            if chance == .null { chance = found["chance"]?["error"] ?? .null }
            for member in best(found["ways"]?.object ?? [:]).members {
              cell[member.name] = member.value
            }
          } catch let problem as Problem where problem.status == 422 {
            cell["problem"] = .string(problem.problem)
          }
        }
        row.append(cell)
      }
      cells.append(row)
    }
    for place in names.indices {
      guard let own = native[names[place]] else { continue }
      cells[place][place]["value"] = own["error"]?["value"]
      cells[place][place]["accuracy"] = own["accuracy"]
      cells[place][place]["way"] = "native"
    }
    return .json([
      "metric": "squared error", "matrix": .array(cells.map { .array($0.map { .object($0) }) }),
      "runs": .array(names.map { .string($0) }), "chance": chance,
      "command": .string(
        ShellLine.text(
          ["latent", "stitch"] + names.prefix(2).map { "\(studio.settings.runs)/\($0)" })),
    ])
  }

  private static func best(_ ways: JSONObject) -> JSONObject {
    let measured = ways.members.compactMap { way in
      way.value["error"]?["value"]?.number.map { (way, $0) }
    }
    guard let (way, value) = measured.min(by: { $0.1 < $1.1 }) else {
      guard let way = ways.members.first else { return ["problem": "no way fits these two"] }
      return ["way": .string(way.name), "accuracy": way.value["accuracy"] ?? .null]
    }
    return [
      "value": .double(value), "way": .string(way.name),
      "interval": way.value["error"]?["interval"] ?? .null,
      "accuracy": way.value["accuracy"] ?? .null,
    ]
  }

  private static func names(_ studio: Studio, _ body: JSONObject) throws -> [String] {
    let texts = (body["runs"]?.elements ?? []).compactMap(\.text)
    return try names(studio, texts)
  }

  /// Two to six runs that are there; throws `Problem` otherwise.
  private static func names(_ studio: Studio, _ names: [String]) throws -> [String] {
    guard (2...6).contains(names.count), Set(names).count == names.count else {
      throw Problem(
        400, "expected two to six different runs, found \(names.count)", remedy: "choose others")
    }
    return try names.map { name in
      guard Request.isPlain(name) else { throw Problem.notFound("run '\(name.prefix(80))'") }
      return try studio.run(name)
    }
  }
}
