import Foundation
public import Torch

/// How much of a codebook is used.
public struct CodebookUsage: Sendable, Equatable {
  /// exp of the entropy of the entries' shares: 1 if one entry is used, the codebook's size if all are used equally.
  public let perplexity: Double
  /// The entries that were never used.
  public let dead: [Int]
  /// How often each entry was used.
  public let counts: [Int]

  /// From chosen entries of any shape, int64 in 0 ..< `size`.
  ///
  /// Throws `MetricError` for no entries, numbers that are not whole, and entries outside the codebook. Source: van den Oord,
  /// Vinyals and Kavukcuoglu 2017, arXiv 1711.00937, whose training reports the perplexity.
  public init(entries: Tensor, size: Int) throws {
    let numbers = try codeTable(entries.reshaped([-1]), metric: "codebook-perplexity", "entries")
      .flattened()
    guard (numbers .== floor(numbers)).all().item() == 1, size > 0,
      numbers.min().item() >= 0, numbers.max().item() < Double(size)
    else {
      throw MetricError(
        metric: "codebook-perplexity",
        "expected whole numbers from 0 to \(size - 1), found \(numbers.min().item()) to "
          + "\(numbers.max().item())", remedy: "give the numbers of entries, not their vectors")
    }
    let counts = numbers.to(.int64).binCount(minimumLength: size).scalars(as: Int.self)
    let total = Double(numbers.count)
    let entropy = counts.reduce(0.0) { sum, count in
      count > 0 ? sum - Double(count) / total * log(Double(count) / total) : sum
    }
    self.counts = counts
    perplexity = exp(entropy)
    dead = counts.indices.filter { counts[$0] == 0 }
  }
}
