import Evaluation
import LatentCore

/// Metrics of the words that somebody's model writes.
struct WordEvaluation {
  private let name: String
  private var measured: Measurements

  /// Reads and measures; throws `FileError`, `MetricError` and `CommandError`.
  init(_ options: WordOptions, _ wanted: MetricSelection?, seed: UInt64) throws {
    guard let words = options.words?.text, let entries = options.entries else {
      throw CommandError.usage(
        "--words and --entries go together, and --\(options.words == nil ? "words" : "entries") is not given",
        remedy: "latent evaluate --words w.npy --entries 512")
    }
    if let other = wanted?.names.first(where: { name in
      !CodebookMetric.all.contains { $0.name == name }
    }) {
      throw CommandError.usage(
        "\(other) is no metric of words",
        remedy: "metrics of words: \(CodebookMetric.all.map(\.name).joined(separator: ", "))")
    }
    name = words
    measured = Measurements(wanted)
    try measured.add(words: ArrayFile(words).array, size: entries, MetricOptions(seed: seed))
  }

  /// Prints the table, or with `--json` the document.
  func show(on console: Console) {
    measured.show(on: console)
    var document = measured.json
    document["words"] = .string(name)
    console.report(document)
  }
}
