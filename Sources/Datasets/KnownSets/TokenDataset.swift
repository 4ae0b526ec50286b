import Torch

/// Lines of text as rows of token numbers, int64 [length], with the lines as captions.
public enum TokenDataset {
  /// The lines of a file, with a vocabulary of their own; empty lines are left out.
  ///
  /// Throws `FileError` for a file that is no UTF-8 text or has no line with a token.
  public static func reading(
    _ path: String, _ reading: TextReading, name: String
  ) throws -> TensorDataset {
    let lines = try Self.lines(path)
    let vocabulary = reading.vocabulary(of: lines.map(reading.tokens))
    return try dataset(lines, reading, vocabulary: vocabulary, path: path, name: name)
  }

  static func lines(_ path: String) throws -> [String] {
    try TextFile.lines(path).filter { !$0.allSatisfy(\.isWhitespace) }
  }

  static func dataset(
    _ lines: [String], _ reading: TextReading, vocabulary: [String], path: String, name: String,
    length fixed: Int? = nil
  ) throws -> TensorDataset {
    guard !lines.isEmpty else {
      throw FileError(
        path: path, problem: "expected at least one line of text, found none",
        remedy: "give a text with one example a line")
    }
    let numbers = Dictionary(uniqueKeysWithValues: zip(vocabulary, 0...))
    let rows = lines.map { line in
      [1] + reading.tokens(line).prefix(reading.length).map { numbers[$0] ?? 3 } + [2]
    }
    let length = fixed ?? rows.map(\.count).max() ?? 2
    let padded = rows.flatMap { row in
      row.prefix(length) + [Int](repeating: 0, count: max(0, length - row.count))
    }
    return try TensorDataset(
      name: name,
      schema: DatasetSchema(
        .tokens, shape: [length], range: 0...Double(vocabulary.count - 1), vocabulary: vocabulary),
      examples: Tensor(padded, shape: [rows.count, length]),
      extras: ["lengths": Tensor(rows.map { min($0.count, length) })], captions: lines)
  }
}

/// The Penn Treebank's sentences in the files `ptb.train.txt`, `ptb.valid.txt`, `ptb.test.txt`.
///
/// Without the training file the validation sentences are learned from, and the plan holds some of
/// them out. The vocabulary is that of the sentences to learn from.
enum PennTreebank {
  static func splits(
    folder: String, _ reading: TextReading, plan: SplitPlan
  ) throws -> DatasetSplits {
    let hasTrain = FilePath.isFile("\(folder)/ptb.train.txt")
    let trainPath = "\(folder)/ptb.\(hasTrain ? "train" : "valid").txt"
    let train = try TokenDataset.reading(trainPath, reading, name: "ptb")
    let vocabulary = train.schema.vocabulary ?? []
    func part(_ path: String) throws -> TensorDataset {
      try TokenDataset.dataset(
        TokenDataset.lines(path), reading, vocabulary: vocabulary, path: path, name: "ptb",
        length: train.schema.exampleShape[0])
    }
    let test = { try part("\(folder)/ptb.test.txt") }
    guard hasTrain else { return try plan.divide(train, test: test) }
    return DatasetSplits(
      name: "ptb", train: train, validation: try part("\(folder)/ptb.valid.txt"), test: test)
  }
}
