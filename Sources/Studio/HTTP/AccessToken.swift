/// The secret that a browser must show, known to who reads the terminal that the studio runs in.
struct AccessToken: Sendable {
  /// 64 hexadecimal digits.
  let text: String

  /// A new one from the system's source of randomness: 32 bytes.
  init() {
    var random = SystemRandomNumberGenerator()
    text = (0..<4).map { _ in
      let digits = String(random.next(), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// The cookie that holds it; ports of one address share cookies, so the port is in the name.
  static func cookie(port: Int) -> String { "latent_token_\(port)" }

  /// Whether a text is the token; takes the same time whichever digit is wrong.
  func matches(_ other: String) -> Bool {
    let (own, found) = (Array(text.utf8), Array(other.utf8))
    guard own.count == found.count else { return false }
    return zip(own, found).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Whether a request shows it, in its cookie or as a bearer.
  func admits(_ request: Request, port: Int) -> Bool {
    let name = Self.cookie(port: port)
    for header in request.all("cookie") {
      for pair in header.split(separator: ";") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0].drop(while: { $0 == " " }) == name,
          matches(String(parts[1]))
        {
          return true
        }
      }
    }
    guard let bearer = request.only("authorization"), bearer.hasPrefix("Bearer ") else {
      return false
    }
    return matches(String(bearer.dropFirst(7)))
  }
}
