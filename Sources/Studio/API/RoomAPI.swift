import LatentCore

/// What is asked of a run's model; its own process answers.
enum RoomAPI {
  static func routes(_ studio: Studio) -> [Route] {
    let questions = ["decode", "encode", "path", "region"].map { name in
      Route.post("/api/runs/*/\(name)", name == "encode" ? .jsonOrPicture : .json) { call in
        try ask(studio, call, name, question(call))
      }
    }
    return questions + [
      .get("/api/runs/*/axes", isSlow: true) { try ask(studio, $0, "axes", [:]) },
      .get("/api/runs/*/map", isSlow: true) { call in
        var body = JSONObject()
        for name in ["method", "colour", "split"] {
          if let value = try call.value(name) { body[name] = .string(value) }
        }
        body["count"] = .int(try call.number("count", in: 2...5000, default: 1000))
        return try ask(studio, call, "map", body)
      },
    ]
  }

  /// The JSON that was sent, or the picture in its place.
  private static func question(_ call: Call) throws -> JSONObject {
    guard let type = call.request.contentType, type != "application/json" else {
      return try call.object()
    }
    return ["picture": .string("data:\(type);base64,\(Base64.text(call.request.body))")]
  }

  static func ask(
    _ studio: Studio, _ call: Call, _ what: String, _ body: JSONObject
  ) throws -> Response {
    .json(try answer(studio, run: call.path[2], what, body))
  }

  /// The answer of a run's room, a JSON document.
  static func answer(
    _ studio: Studio, run: String, _ what: String, _ body: JSONObject
  ) throws -> [UInt8] {
    let run = try studio.run(run)
    var question: JSONObject = ["ask": .string(what)]
    for member in body.members where member.name != "ask" { question[member.name] = member.value }
    return try studio.rooms.ask(run, question)
  }
}
