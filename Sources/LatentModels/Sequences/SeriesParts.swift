/// How the channels of a series and the latents behind them divide into two modalities and what they share.
///
/// Channels are first counts, then numbers. Latents are first the counts' own, then the shared ones, then the numbers' own, so
/// that each modality sees a run of neighbours. With one modality all its latents are its own. **Source**: Gondur et al.
/// 2023, arXiv 2310.03111, section 4.
public struct SeriesParts: Sendable, Hashable {
  /// Channels of counts, such as neurons.
  public let counts: Int
  /// Channels of numbers, such as pixels or limbs.
  public let numbers: Int
  /// Latents of the counts alone.
  public let countLatents: Int
  /// Latents of both.
  public let shared: Int
  /// Latents of the numbers alone.
  public let numberLatents: Int

  /// A division; latents are shared only between two modalities.
  public init(counts: Int, numbers: Int, countLatents: Int, shared: Int, numberLatents: Int) {
    (self.counts, self.numbers) = (counts, numbers)
    (self.countLatents, self.shared, self.numberLatents) = (countLatents, shared, numberLatents)
  }

  /// All channels.
  public var channels: Int { counts + numbers }
  /// All latents.
  public var latents: Int { countLatents + shared + numberLatents }
  /// The latents that the counts see.
  public var ofCounts: Range<Int> { 0..<countLatents + shared }
  /// The latents that the numbers see.
  public var ofNumbers: Range<Int> { countLatents..<latents }
}
