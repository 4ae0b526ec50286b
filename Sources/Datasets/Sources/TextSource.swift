/// Own texts as data sets: a line is an example.
enum TextSource {
  /// `level=character|word` decides what a token is; without it, lines with spaces are read by
  /// words.
  static func open(_ path: String, _ options: inout SourceOptions) throws -> TensorDataset {
    let lines = try TokenDataset.lines(path)
    let spaced = lines.count { $0.contains(" ") }
    var reading = TextReading(level: 2 * spaced > lines.count ? .word : .character)
    try reading.take(&options)
    let vocabulary = reading.vocabulary(of: lines.map(reading.tokens))
    return try TokenDataset.dataset(
      lines, reading, vocabulary: vocabulary, path: path, name: FilePath.lastComponent(path))
  }
}
