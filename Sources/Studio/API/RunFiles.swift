/// The files of a run that are shown: report, record, log, evaluation, diagnosis, figures.
enum RunFiles {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .get("/runs/*/figures/*") { try file(studio, $0) }
    ] + types.keys.sorted().map { name in .get("/runs/*/\(name)") { try file(studio, $0) } }
  }

  private static let types = [
    "report.html": "text/html; charset=utf-8", "run.json": "application/json",
    "evaluation.json": "application/json", "diagnosis.json": "application/json",
    "events.jsonl": "text/plain; charset=utf-8",
  ]

  private static func file(_ studio: Studio, _ call: Call) throws -> Response {
    let run = try studio.run(call.path[1])
    let parts = Array(call.path[2...])
    let type = parts.count == 1 ? types[parts[0]] : parts[1].hasSuffix(".png") ? "image/png" : nil
    guard let type, let file = studio.folder.file([run] + parts) else {
      throw Problem.notFound("such file")
    }
    return Response(
      status: 200, type: type, body: .file(file),
      policy: parts == ["report.html"] ? .report : .still)
  }
}
