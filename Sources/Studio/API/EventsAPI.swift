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
        guard call.request.method == "GET" else {
          return Response(status: 200, type: "text/event-stream", body: .bytes([]))
        }
        let stream = EventStream(runs: Set(runs))
        studio.watch.add(stream)
        return Response(status: 200, type: "text/event-stream", body: .stream(stream))
      }
    ]
  }
}
