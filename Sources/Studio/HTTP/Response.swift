/// What is sent back.
struct Response: Sendable {
  /// Where the body comes from.
  enum Body: Sendable {
    /// Bytes in memory.
    case bytes([UInt8])
    /// An open file, closed once it is sent.
    case file(OpenFile)
  }

  /// What a page may do in a browser.
  enum Policy: String, Sendable {
    /// Show its own style and pictures from here; no script.
    case still = """
      default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; \
      form-action 'none'; frame-ancestors 'none'
      """
    /// Run the scripts that are written into the page; nothing is fetched from anywhere.
    case report = """
      default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; \
      img-src 'self' data: blob:; font-src data:; base-uri 'none'; form-action 'none'; \
      frame-ancestors 'none'
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

  /// A page.
  static func page(_ html: String, status: Int = 200) -> Response {
    Response(status: status, type: "text/html; charset=utf-8", body: .bytes(Array(html.utf8)))
  }

  /// A sentence.
  static func text(_ status: Int, _ sentence: String) -> Response {
    Response(
      status: status, type: "text/plain; charset=utf-8", body: .bytes(Array("\(sentence)\n".utf8)))
  }

  /// The headers, in order.
  var headers: [(name: String, value: String)] {
    var result = [
      ("Content-Type", type),
      ("X-Content-Type-Options", "nosniff"),
      ("Content-Security-Policy", policy.rawValue),
      ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Referrer-Policy", "no-referrer"),
      ("Cache-Control", "no-store"),
    ]
    if status == 405 { result.append(("Allow", "GET, HEAD")) }
    if closes { result.append(("Connection", "close")) }
    return result
  }
}
