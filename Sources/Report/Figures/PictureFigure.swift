import FoundationEssentials

/// A picture with words and numbers that say what is to be seen.
public struct PictureFigure: Sendable, Hashable {
  /// What the picture shows, in a few words.
  public var title: String
  /// A sentence under the picture; may be empty.
  public var caption: String
  /// The numbers that belong to it, such as an error; they also stand in the alternative text.
  public var facts: [Fact]
  /// The pixels.
  public var picture: Picture

  /// A picture with its words and numbers.
  public init(_ title: String, caption: String = "", facts: [Fact] = [], picture: Picture) {
    self.title = title
    self.caption = caption
    self.facts = facts
    self.picture = picture
  }

  /// All of it in words, for those who do not see the picture.
  public var alternativeText: String {
    let numbers = facts.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
    return [title, caption, numbers].filter { !$0.isEmpty }
      .map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
  }
}

extension PictureFigure: Codable {
  private enum Key: String, CodingKey { case title, caption, facts, png }

  /// Reads the words and the picture, which is a PNG file in base64.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    title = try values.decode(String.self, forKey: .title)
    caption = try values.decode(String.self, forKey: .caption)
    facts = try values.decode([Fact].self, forKey: .facts)
    picture = try Picture(pngBytes: Array(values.decode(Data.self, forKey: .png)), name: title)
  }

  /// Writes the words and the picture as a PNG file in base64.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(title, forKey: .title)
    try values.encode(caption, forKey: .caption)
    try values.encode(facts, forKey: .facts)
    try values.encode(Data(picture.pngBytes()), forKey: .png)
  }
}
