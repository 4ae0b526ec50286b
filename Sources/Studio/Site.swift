import LatentCore

/// Answers requests: which page or file stands at which path.
///
///     /                             the list of runs
///     /api/runs                     the list as JSON
///     /runs/NAME                    a run: its record, its report and figures
///     /runs/NAME/report.html        and run.json, events.jsonl, evaluation.json, diagnosis.json
///     /runs/NAME/figures/X.png
///
/// Nothing else is served: no other file, no listing of a folder.
struct Site: Sendable {
  /// The runs.
  let folder: ServedFolder

  /// The answer to a request that reached `port`.
  func respond(to request: Request, port: Int) -> Response {
    guard HostRule.accepts(request.hosts, port: port) else {
      var refusal = Response.text(
        403, "This address is not the studio's: use 127.0.0.1 or localhost.")
      refusal.closes = true
      return refusal
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      var refusal = Response.text(405, "The studio only shows: GET and HEAD.")
      refusal.closes = true
      return refusal
    }
    guard !request.hasBody else {
      var refusal = Response.text(413, "The studio takes no content.")
      refusal.closes = true
      return refusal
    }
    guard let path = request.path else { return .text(400, "There is no such path.") }
    return page(path) ?? .text(404, "There is nothing here.")
  }

  private func page(_ path: [String]) -> Response? {
    switch path.count {
    case 0: return .page(RunsPage.list(RunSummary.all(in: folder)))
    case 2 where path == ["api", "runs"]:
      let runs = RunSummary.all(in: folder).map(\.json)
      let text = JSONValue.object(["runs": .array(runs)]).text()
      return Response(status: 200, type: "application/json", body: .bytes(Array("\(text)\n".utf8)))
    case 2 where path[0] == "runs":
      return RunSummary(path[1], in: folder).map { .page(RunsPage.run($0)) }
    case 3 where path[0] == "runs", 4 where path[0] == "runs":
      return file(run: path[1], Array(path[2...]))
    default: return nil
    }
  }

  /// A file that a run is known to hold, with its type.
  private func file(run: String, _ parts: [String]) -> Response? {
    guard let type = Self.type(of: parts), folder.file([run, "run.json"]) != nil,
      let file = folder.file([run] + parts)
    else { return nil }
    let isReport = parts == ["report.html"]
    return Response(
      status: 200, type: type, body: .file(file), policy: isReport ? .report : .still)
  }

  private static func type(of parts: [String]) -> String? {
    switch parts {
    case ["report.html"]: "text/html; charset=utf-8"
    case ["run.json"], ["evaluation.json"], ["diagnosis.json"]: "application/json"
    case ["events.jsonl"]: "text/plain; charset=utf-8"
    case _ where parts.count == 2 && parts[0] == "figures" && parts[1].hasSuffix(".png"):
      "image/png"
    default: nil
    }
  }
}
