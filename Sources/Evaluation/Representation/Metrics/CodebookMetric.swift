public import LatentCore
public import Torch

/// How much of a codebook the words of examples use: see `CodebookUsage`.
public struct CodebookMetric: Metric {
  /// What is read from the use of the entries.
  public enum Measure: String, Sendable, CaseIterable {
    /// exp of the entropy of the entries' shares.
    case perplexity = "codebook-perplexity"
    /// The share of entries that no example uses.
    case dead = "dead-entries"
  }

  /// What is read from the use of the entries.
  public let measure: Measure

  /// A metric of the use of a codebook.
  public init(_ measure: Measure) { self.measure = measure }

  /// `codebook-perplexity`, `dead-entries`.
  public var name: String { measure.rawValue }
  /// What it measures.
  public var summary: String {
    switch measure {
    case .perplexity: "exp of the entropy of the codebook's use: its size if all are used equally."
    case .dead: "Share of the codebook's entries that no example uses."
    }
  }
  /// One entry at least is used.
  public var range: ClosedRange<Double> { measure == .dead ? 0...1 : 1...Double.infinity }
  /// Words.
  public var needs: String { "words" }
  /// Van den Oord et al.
  public var citations: [Citation] { [.vanDenOord2017] }

  /// Every one of them, in the order of tables.
  public static let all = Measure.allCases.map { CodebookMetric($0) }

  /// The number of words `[n, …]`, entries of 0 ..< `size`; after the known answer was met once in this process.
  ///
  /// The interval of the perplexity is that of bootstrapped examples, whose words go together; a resample misses entries
  /// that rare examples use, so that the share of dead ones has none. Throws `MetricError` for fewer than 50 examples and as
  /// `CodebookUsage`.
  public func estimate(
    words: Tensor, size: Int, _ options: MetricOptions = MetricOptions()
  ) throws -> Estimate {
    let table = try codeTable(words, metric: name, "words", minimum: 50)
    let usage = try CodebookUsage(entries: table, size: size)
    try SelfTests.pass(self)
    let value = value(of: usage)
    guard measure == .perplexity else {
      return Estimate(value, count: table.size(0), of: self)
    }
    let bootstrap = Bootstrap(count: table.size(0), seed: options.seed)
    let resampled = try (0..<options.resamples).map { _ in
      let rows = table.selected(bootstrap.places(), dim: 0)
      return self.value(of: try CodebookUsage(entries: rows, size: size))
    }
    let interval = Bootstrap.interval(value, resampled, within: 1...Double(size))
    return Estimate(
      value, interval: interval, count: table.size(0), of: self, seed: options.seed)
  }

  private func value(of usage: CodebookUsage) -> Double {
    switch measure {
    case .perplexity: usage.perplexity
    case .dead: Double(usage.dead.count) / Double(usage.counts.count)
    }
  }

  /// Two of four entries, used equally.
  public func checkKnownAnswer() throws {
    let words = Tensor.arange(2).repeated([30])
    let usage = try CodebookUsage(entries: words, size: 4)
    try expectKnown(value(of: usage), measure == .dead ? 0.5 : 2)
  }
}
