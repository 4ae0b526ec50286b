package import Torch

/// Word counts in Blei's format: a line is a document, `N word:count word:count …` with N pairs.
package enum LDAC {
  /// Larger tables of counts are refused.
  static let limit = 1 << 28

  /// The counts [documents, words] float32.
  ///
  /// Throws `FileError` that names the line: for a pair that is none, a word that the vocabulary
  /// lacks or has twice in a line, a false N, and tables of more than 2²⁸ numbers.
  package static func read(_ file: any ByteSource, words: Int) throws -> Tensor {
    let lines = try TextFile.lines(file).filter { !$0.isEmpty }
    guard words > 0, lines.count <= limit / words else {
      throw bad(file.path, "expected at most \(limit) counts, found \(lines.count) × \(words)")
    }
    var counts = [Float](repeating: 0, count: lines.count * words)
    for (row, line) in lines.enumerated() {
      let fields = line.split(separator: " ")
      let announced = fields.first ?? ""
      guard Int(announced) == fields.count - 1 else {
        throw bad(
          file.path,
          "line \(row + 1): expected the number of its pairs first, found '\(announced.prefix(40))'"
        )
      }
      for field in fields.dropFirst() {
        let pair = field.split(separator: ":", omittingEmptySubsequences: false)
        guard pair.count == 2, let word = Int(pair[0]), (0..<words).contains(word),
          let count = Int(pair[1]), (1...1_000_000).contains(count), counts[row * words + word] == 0
        else {
          throw bad(
            file.path,
            "line \(row + 1): expected a new word below \(words) and its count, found '\(field.prefix(40))'"
          )
        }
        counts[row * words + word] = Float(count)
      }
    }
    return Tensor(counts, shape: [lines.count, words])
  }

  private static func bad(_ path: String, _ problem: String) -> FileError {
    FileError(path: path, problem: problem, remedy: "check that it is an LDA-C file")
  }
}
