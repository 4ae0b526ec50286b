import LatentCore

/// Codes as files.
enum ExportAPI {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .post("/api/runs/*/export") { call in
        let bytes = try RoomAPI.answer(studio, run: call.path[2], "export", try call.object())
        let answer = try JSON5Reader.object(
          String(decoding: bytes, as: UTF8.self), source: "answer")
        guard let type = answer["type"]?.text, let name = answer["name"]?.text,
          let file = answer["file"]?.text.flatMap(Base64.bytes)
        else {
          throw Problem(502, "the model's process gave no file", remedy: "try again")
        }
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
        var response = Response.attachment(file, type: type, name: plain)
        if let command = answer["command"]?.text,
          command.unicodeScalars.allSatisfy({ (0x20..<0x7F).contains($0.value) })
        {
          response.extra.append(("X-Latent-Command", command))
        }
        return response
      }
    ]
  }
}
