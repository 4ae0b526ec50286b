import Report

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The page: one shell that answers at every path of it, and the files that it is made of.
struct Pages: Sendable {
  /// Where its files are read at each request, for who writes them; nil for those that are compiled in.
  let folder: String?

  /// The paths at which the shell stands.
  static let shells = [
    "/", "/runs/*", "/runs/*/latent", "/runs/*/map", "/runs/*/doctor", "/compare", "/atlas", "/new",
  ]

  var routes: [Route] {
    let shells = Self.shells.map { path in
      Route.get(path) { _ in
        guard let page = file("index.html") else { throw Problem.notFound("page") }
        return .page(page)
      }
    }
    let library = ChartFile()
    return shells + [
      .get("/assets/*") { call in
        guard let type = Self.type(of: call.path[1]), let bytes = file(call.path[1]) else {
          throw Problem.notFound("such file")
        }
        return Response(status: 200, type: type, body: .bytes(bytes), policy: .shell)
      },
      .get("/lib/plotly.js") { _ in
        var response = Response(
          status: 200, type: "text/javascript; charset=utf-8", body: .file(try library.file()))
        // Four megabytes that change with the package alone.
        response.isKept = true
        return response
      },
    ]
  }

  private func file(_ name: String) -> [UInt8]? {
    if name == "palette.css" { return PagePalette.style }
    if let folder { return ServedFolder(path: folder).file([name]).map { $0.tail(1 << 22) } }
    return PageFiles.all[name]
  }

  private static func type(of name: String) -> String? {
    let ending = name.split(separator: ".").last ?? ""
    return [
      "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
      "svg": "image/svg+xml", "png": "image/png", "html": "text/html; charset=utf-8",
    ][ending]
  }
}

/// plotly.js as an open file, which the system sends without a copy of its four megabytes.
private final class ChartFile: Sendable {
  private let found: OpenFile?

  init() {
    found =
      ChartLibrary.defaultSearchPath.lazy.compactMap { path in
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        return descriptor >= 0 ? OpenFile(descriptor) : nil
      }.first
  }

  func file() throws -> OpenFile {
    guard let found else {
      throw Problem(404, "plotly.js is not there, so there are no charts", remedy: "run bin/setup")
    }
    return found
  }
}
