import LatentCore

/// Answers requests: who may ask, and which answer stands at which path.
///
///     /  /runs/NAME  /runs/NAME/latent  /runs/NAME/map  /runs/NAME/doctor  /compare  /atlas  /new
///                                   the page, which finds out by itself what to show
///     /assets/FILE  /lib/plotly.js  what the page is made of
///     /api/…                        what it shows and does
///     /files/NAME/report.html       files of a run
///
/// Nothing else is served: no other file, no listing of a folder.
final class Site: Sendable {
  let studio: Studio
  let token = AccessToken()
  private let hosts: HostRule
  private let routes: [Route]

  init(_ settings: StudioSettings) throws {
    studio = try Studio(settings)
    hosts = HostRule(address: settings.host)
    let studio = studio
    routes =
      Pages(folder: settings.pages).routes + RunFiles.routes(studio) + RunsAPI.routes(studio)
      + EventsAPI.routes(studio) + JobsAPI.routes(studio) + ListsAPI.routes(studio)
      + RoomAPI.routes(studio) + ExportAPI.routes(studio) + DiagnosisAPI.routes(studio)
      + CompareAPI.routes(studio)
  }

  /// Begins to watch the runs.
  func start() { studio.watch.start() }

  /// Ends the event streams, the rooms and the children that answers wait for.
  func stop() { studio.stop() }

  /// Why a request is not taken, known from its head alone; nil if it is.
  func refusal(of request: Request, port: Int) -> Response? {
    guard hosts.accepts(hosts: request.all("host"), port: port) else {
      return closing(.text(403, "This address is not the studio's: use 127.0.0.1 or localhost."))
    }
    guard ["GET", "HEAD", "POST"].contains(request.method) else {
      return closing(wrongMethod(["GET", "HEAD", "POST"]))
    }
    if request.method != "POST", request.target == "/", request.query.count == 1,
      request.query[0].name == "token", token.matches(request.query[0].value)
    {
      return welcome(port: port)
    }
    guard token.admits(request, port: port) else {
      return closing(
        .text(401, "Open the address that `latent studio` printed; it holds this studio's token."))
    }
    if let problem = problem(with: request, port: port) { return closing(problem.response) }
    return nil
  }

  private func problem(with request: Request, port: Int) -> Problem? {
    guard let path = request.path else {
      return Problem(400, "this is no path of the studio's", remedy: "go back to the list of runs")
    }
    let found = routes.filter { $0.matches(path) }
    guard !found.isEmpty else { return .notFound("such page") }
    let method = request.method == "HEAD" ? "GET" : request.method
    guard let route = found.first(where: { $0.method == method }) else {
      let allowed = found.map(\.method).joined(separator: ", ")
      return Problem(405, "this takes \(allowed) only", remedy: "use \(allowed)")
    }
    guard request.all("transfer-encoding").isEmpty, let count = request.announced else {
      return Problem(411, "the length of the content is not known", remedy: "send Content-Length")
    }
    guard method == "POST" else {
      return count == 0
        ? nil : Problem(413, "a GET has no content", remedy: "send it without content")
    }
    let origins = request.all("origin")
    guard hosts.accepts(origins: origins, hosts: request.all("host"), port: port) else {
      return Problem(403, "this request comes from another page", remedy: "use the studio's page")
    }
    guard let type = request.contentType, let limit = route.limit(of: type) else {
      return Problem(
        415, "this content is of a type that is not taken here", remedy: "send application/json")
    }
    guard count <= limit else {
      return Problem(
        413, "expected at most \(limit) bytes, found \(count)", remedy: "send something smaller")
    }
    return nil
  }

  /// Keeps the token in the browser and goes to the page, so that no address holds it.
  private func welcome(port: Int) -> Response {
    var response = Response.text(303, "The studio is at /.")
    response.extra = [
      ("Location", "/"),
      (
        "Set-Cookie",
        "\(AccessToken.cookie(port: port))=\(token.text); Path=/; HttpOnly; SameSite=Strict"
      ),
    ]
    return response
  }

  private func wrongMethod(_ allowed: [String]) -> Response {
    var response = Response.text(405, "The studio takes \(allowed.joined(separator: ", ")).")
    response.extra = [("Allow", allowed.joined(separator: ", "))]
    return response
  }

  private func closing(_ response: Response) -> Response {
    var response = response
    response.closes = true
    return response
  }

  /// Whether the answer may take long.
  func isSlow(_ request: Request) -> Bool { route(request)?.route.isSlow ?? false }

  /// The answer to a request that was not refused.
  func respond(to request: Request, port: Int) -> Response {
    if let refusal = refusal(of: request, port: port) { return refusal }
    guard let (route, path) = route(request) else { return Problem.notFound("such page").response }
    do {
      return try route.answer(Call(request: request, path: path))
    } catch {
      return Problem(error).response
    }
  }

  private func route(_ request: Request) -> (route: Route, path: [String])? {
    guard let path = request.path else { return nil }
    let method = request.method == "HEAD" ? "GET" : request.method
    return routes.first { $0.method == method && $0.matches(path) }.map { ($0, path) }
  }
}
