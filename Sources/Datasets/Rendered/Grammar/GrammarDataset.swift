import Torch

/// Rendered sentences of a small English grammar whose structure is known.
///
///     sentence → noun phrase, verb phrase
///     noun phrase → article, [adjective,] noun
///     verb phrase → verb (present or past), object, [preposition, noun phrase]
///
/// The verb agrees with its subject in number. Nine discrete factors say which rule and word was
/// taken: subject, number, adjective (0 none), verb, tense, negation, object, object's number and
/// place (0 none). Every combination is one example, so that texts and factors determine each
/// other; example i is combination i.
public final class GrammarDataset: FactorGrid {
  /// `grammar`.
  public let name = "grammar"
  /// Tokens and nine discrete factors.
  public let schema: DatasetSchema
  private let numbers: [String: Int]

  /// All sentences.
  public init() {
    let vocabulary = TextReading.marks + Grammar.words
    numbers = Dictionary(uniqueKeysWithValues: zip(vocabulary, 0...))
    schema = DatasetSchema(
      .tokens, shape: [Grammar.longest + 2], range: 0...Double(vocabulary.count - 1),
      factors: Grammar.factors, vocabulary: vocabulary)
  }

  /// The number of sentences.
  public var count: Int { Grammar.factors.reduce(1) { $0 * ($1.size ?? 1) } }

  /// The hash of the recipe, which determines every sentence.
  public var fingerprint: String {
    let words = Grammar.words.joined(separator: " ")
    return Fingerprint(text: "rendered grammar 1 \(words)\n").value()
  }

  /// The sentences with these indices as `<bos>` words `<eos>` and padding, int64; the part
  /// `lengths` [n] counts tokens without padding, and captions are the texts.
  public func batch(_ indices: [Int]) throws -> Batch {
    try check(indices)
    let length = schema.exampleShape[0]
    let factors = indices.map { factorNumbers(at: $0) }
    let sentences = factors.map(Grammar.sentence)
    let rows = sentences.map { words in [1] + words.map { numbers[$0] ?? 3 } + [2] }
    let padded = rows.flatMap { $0 + [Int](repeating: 0, count: length - $0.count) }
    let n = indices.count
    return Batch(
      examples: Tensor(padded, shape: [n, length]),
      factors: Tensor(factors.flatMap { $0 }.map { Float($0) }, shape: [n, 9]),
      extras: ["lengths": Tensor(rows.map(\.count))],
      captions: sentences.map { $0.joined(separator: " ") }, indices: indices)
  }
}
