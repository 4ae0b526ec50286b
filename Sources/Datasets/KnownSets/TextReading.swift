/// How lines of text become rows of token numbers.
///
/// Numbers 0 to 3 are `<pad>`, `<bos>`, `<eos>` and `<unk>`; the others are the tokens of the text,
/// the most frequent first and equally frequent ones in the order of their code points. A row is
/// `<bos>`, the line's tokens, `<eos>` and padding.
public struct TextReading: Sendable, Hashable {
  /// What a token is.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    /// A character.
    case character
    /// What stands between spaces.
    case word
  }

  /// What a token is.
  public var level: Level
  /// The most tokens of a line that are kept; the rest is cut off.
  public var length: Int
  /// The most kinds of tokens; rarer ones become `<unk>`.
  public var vocabularySize: Int

  /// Reading by characters or words.
  public init(level: Level, length: Int = 64, vocabularySize: Int = 10_000) {
    self.level = level
    self.length = length
    self.vocabularySize = vocabularySize
  }

  /// The tokens before those of the text.
  static let marks = ["<pad>", "<bos>", "<eos>", "<unk>"]

  mutating func take(_ options: inout SourceOptions) throws {
    if let word = try options.word("level", Level.allCases.map(\.rawValue)) {
      level = Level(rawValue: word) ?? level
    }
    length = try options.integer("length", 1...100_000, default: length)
    vocabularySize = try options.integer("vocabulary", 1...1_000_000, default: vocabularySize)
    try options.finish()
  }

  func tokens(_ line: String) -> [String] {
    switch level {
    case .character: line.map(String.init)
    case .word: line.split(separator: " ").map(String.init)
    }
  }

  /// The marks and the most frequent tokens of these lines.
  func vocabulary(of lines: [[String]]) -> [String] {
    var counts: [String: Int] = [:]
    for line in lines { for token in line { counts[token, default: 0] += 1 } }
    for mark in Self.marks { counts[mark] = nil }
    let order = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return Self.marks + order.prefix(vocabularySize).map(\.key)
  }
}
