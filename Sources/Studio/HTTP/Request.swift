/// What a client asked, as far as the studio looks at it.
struct Request: Sendable {
  /// The method as it was sent.
  var method: String
  /// The target without its query, as it was sent.
  var target: String
  /// The members of the query, as they were sent but for `+`.
  var query: [(name: String, value: String)] = []
  /// Every header with its name in small letters, in the order in which they were sent.
  var headers: [(name: String, value: String)] = []
  /// The content, once all of it has come.
  var body: [UInt8] = []

  /// All values of a header; its name in small letters.
  func all(_ name: String) -> [String] { headers.filter { $0.name == name }.map(\.value) }

  /// The value of a header that may be there once; nil for none and for several.
  func only(_ name: String) -> String? {
    let values = all(name)
    return values.count == 1 ? values[0] : nil
  }

  /// The bytes of content that were announced; nil for what is no length.
  var announced: Int? {
    let lengths = all("content-length")
    if lengths.isEmpty { return 0 }
    guard lengths.count == 1, lengths[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      return nil
    }
    return Int(lengths[0])
  }

  /// The type of the content in small letters, without parameters.
  var contentType: String? {
    only("content-type")?.lowercased().split(separator: ";").first.map { part in
      String(part.filter { $0 != " " && $0 != "\t" })
    }
  }

  /// The decoded values of a member of the query, in order; nil if one cannot be decoded.
  func values(_ name: String) -> [String]? {
    var result: [String] = []
    for member in query where PercentText.decoded(member.name[...]) == name {
      guard let value = PercentText.decoded(member.value[...]) else { return nil }
      result.append(value)
    }
    return result
  }

  /// The decoded parts of the path; nil if the target is none that the studio could have written.
  ///
  /// Each part is decoded once, by itself. Refused are broken escapes, bytes that are no UTF-8, control
  /// characters, `/` and `\` inside a part, empty parts, and parts that begin with a dot, so that no
  /// part can name a parent or a hidden file.
  var path: [String]? {
    guard target.utf8.first == UInt8(ascii: "/"), target.utf8.count <= 4096 else { return nil }
    let text = target.dropFirst()
    if text.isEmpty { return [] }
    var result: [String] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      guard let name = PercentText.decoded(part), Self.isPlain(name) else { return nil }
      result.append(name)
    }
    return result
  }

  /// Whether a text can be the name of a file that is meant to be seen.
  static func isPlain(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, first != ".", name.utf8.count <= 255 else {
      return false
    }
    return name.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0x7F && $0 != "/" && $0 != "\\"
    }
  }
}
