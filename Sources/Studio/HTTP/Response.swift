import LatentCore

/// What is sent back.
struct Response: Sendable {
  /// Where the body comes from.
  enum Body: Sendable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// An open file, closed once it is sent.
    case file(OpenFile)
    /// Events, as long as somebody listens.
    case stream(EventStream)
  }

  /// What a page may do in a browser.
  enum Policy: String, Sendable {
    /// Nothing.
    case still = "default-src 'none'; frame-ancestors 'none'"
    /// Run the studio's own modules and talk to the studio alone. The chart library writes styles.
    case shell = """
      default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
      object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'
      """
    /// Run the scripts that are written into the page, which came out of a run's folder, with no
    /// access to the studio: the page has an origin of its own.
    case report = """
      sandbox allow-scripts allow-downloads; default-src 'none'; script-src 'unsafe-inline'; \
      style-src 'unsafe-inline'; img-src data: blob:; font-src data:; base-uri 'none'; \
      form-action 'none'; frame-ancestors 'self'
      """
  }

  /// The status code.
  var status: Int
  /// The type of the content.
  var type: String
  /// The content.
  var body: Body
  /// What a page may do.
  var policy = Policy.still
  /// Whether the connection ends with it.
  var closes = false
  /// Whether a browser may keep it.
  var isKept = false
  /// Headers of this response alone.
  var extra: [(name: String, value: String)] = []

  /// A page.
  static func page(_ html: [UInt8], status: Int = 200) -> Response {
    Response(status: status, type: "text/html; charset=utf-8", body: .bytes(html), policy: .shell)
  }

  /// A sentence.
  static func text(_ status: Int, _ sentence: String) -> Response {
    Response(
      status: status, type: "text/plain; charset=utf-8", body: .bytes(Array("\(sentence)\n".utf8)))
  }

  /// A JSON document on one line.
  static func json(_ value: JSONValue, status: Int = 200) -> Response {
    json(Array(value.text(.compact).utf8), status: status)
  }

  /// A JSON document that is a text already.
  static func json(_ text: [UInt8], status: Int = 200) -> Response {
    Response(status: status, type: "application/json", body: .bytes(text + [0x0A]))
  }

  /// A file that is to be kept, not shown.
  static func attachment(_ bytes: [UInt8], type: String, name: String) -> Response {
    var response = Response(status: 200, type: type, body: .bytes(bytes))
    response.extra.append(("Content-Disposition", "attachment; filename=\"\(name)\""))
    return response
  }

  /// The headers, in order.
  var headers: [(name: String, value: String)] {
    var result = [
      ("Content-Type", type),
      ("X-Content-Type-Options", "nosniff"),
      ("Content-Security-Policy", policy.rawValue),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
      ("Referrer-Policy", "no-referrer"),
      ("Cache-Control", isKept ? "private, max-age=3600" : "no-store"),
    ]
    result += extra.map { ($0.name, $0.value) }
    if closes { result.append(("Connection", "close")) }
    return result
  }
}
