import Torch

/// Documents as counts of words, in the files `reuters.ldac`, `reuters.tokens` and
/// `reuters.titles`.
enum Reuters {
  static func load(folder: String) throws -> TensorDataset {
    let vocabulary = try TextFile.lines("\(folder)/reuters.tokens")
    let titles = try TextFile.lines("\(folder)/reuters.titles")
    let path = "\(folder)/reuters.ldac"
    let counts = try LDAC.read(InputFile(path), words: vocabulary.count)
    guard titles.count == counts.size(0) else {
      throw FileError(
        path: "\(folder)/reuters.titles",
        problem: "expected \(counts.size(0)) lines, found \(titles.count)",
        remedy: "check that the three files belong together")
    }
    return try TensorDataset(
      name: "reuters",
      schema: DatasetSchema(.counts, shape: [vocabulary.count], vocabulary: vocabulary),
      examples: counts, captions: titles)
  }
}
