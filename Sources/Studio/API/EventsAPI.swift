/// Server-sent events.
enum EventsAPI {
  static func routes(_ studio: Studio) -> [Route] {
    [
      .get("/api/events") { call in
        let runs = try call.values("run").filter { !$0.isEmpty }
        guard runs.count <= 64 else {
          throw Problem(
            400, "expected at most 64 runs, found \(runs.count)", remedy: "ask for fewer")
        }
        let stream = EventStream(runs: Set(runs))
        if call.request.method == "GET" { studio.watch.add(stream) } else { stream.end() }
        return Response(status: 200, type: "text/event-stream", body: .stream(stream))
      }
    ]
  }
}
