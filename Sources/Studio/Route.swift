import LatentCore

/// One path, and what is answered there.
struct Route: Sendable {
  /// What content a POST may have.
  enum Content: Sendable {
    /// A JSON document of at most 1 MB.
    case json
    /// That, or a picture file of at most 16 MB.
    case jsonOrPicture
  }

  /// `GET`, which HEAD is too, or `POST`.
  let method: String
  /// The parts of the path, `*` for any.
  let pattern: [String]
  /// Whether others compute for it; such answers do not hold up the quick ones.
  let isSlow: Bool
  let content: Content
  let answer: @Sendable (Call) throws -> Response

  /// A path that shows.
  static func get(
    _ path: String, isSlow: Bool = false, answer: @escaping @Sendable (Call) throws -> Response
  ) -> Route {
    Route("GET", path, isSlow, .json, answer)
  }

  /// A path that does.
  static func post(
    _ path: String, isSlow: Bool = true, _ content: Content = .json,
    answer: @escaping @Sendable (Call) throws -> Response
  ) -> Route {
    Route("POST", path, isSlow, content, answer)
  }

  private init(
    _ method: String, _ path: String, _ isSlow: Bool, _ content: Content,
    _ answer: @escaping @Sendable (Call) throws -> Response
  ) {
    self.method = method
    pattern = path.split(separator: "/").map(String.init)
    self.isSlow = isSlow
    self.content = content
    self.answer = answer
  }

  func matches(_ path: [String]) -> Bool {
    path.count == pattern.count && zip(pattern, path).allSatisfy { $0 == "*" || $0 == $1 }
  }

  /// The most bytes of content of a type; nil for a type that is not taken.
  func limit(of type: String) -> Int? {
    switch (type, content) {
    case ("application/json", _): 1 << 20
    case ("image/png", .jsonOrPicture), ("image/jpeg", .jsonOrPicture): 16 << 20
    default: nil
    }
  }
}

/// A request at its route.
struct Call: Sendable {
  let request: Request
  let path: [String]

  /// The members of the JSON object that was sent; throws `Problem` for anything else.
  func object() throws -> JSONObject {
    guard let text = String(validating: request.body, as: UTF8.self) else {
      throw Problem(400, "the content is no UTF-8", remedy: "send JSON in UTF-8")
    }
    if text.isEmpty { return [:] }
    return try JSON5Reader.object(text, source: "content")
  }

  /// A member of the query that may be there once; throws `Problem` for several or a broken one.
  func value(_ name: String) throws -> String? {
    let values = try values(name)
    guard values.count < 2 else {
      throw Problem(400, "\(name) is given \(values.count) times", remedy: "give it once")
    }
    return values.first
  }

  /// All values of a member of the query; throws `Problem` for a broken one.
  func values(_ name: String) throws -> [String] {
    guard let values = request.values(name) else {
      throw Problem(400, "\(name) is no text", remedy: "write it in percent-encoded UTF-8")
    }
    return values
  }

  /// A whole number of the query within `range`, or `other` if it is not there; throws `Problem`.
  func number(_ name: String, in range: ClosedRange<Int>, default other: Int) throws -> Int {
    guard let text = try value(name) else { return other }
    guard let number = Int(text), range.contains(number) else {
      throw Problem(
        400,
        "\(name): expected a whole number from \(range.lowerBound) to \(range.upperBound), found "
          + "'\(text.prefix(40))'", remedy: "leave it out for \(other)")
    }
    return number
  }
}
