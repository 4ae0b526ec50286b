public import LatentNN
public import Torch

/// Series to a mean and a logarithm of a standard deviation for each latent and place, place by place.
///
/// Each modality has a dense network of its own; what both say of the shared latents is averaged. Counts enter as log(1 + x).
/// **Shapes**: examples `[B, …, T]`, what stands before T being the channels → `[B, 2 K, T]`, all means first. **Source**: Gondur et al.
/// 2023, arXiv 2310.03111, section 4 and appendix.
public final class SeriesEncoder: Module, UnaryLayer {
  let counts: Sequential?
  let numbers: Sequential?
  private let parts: SeriesParts

  /// A network of these hidden widths for each modality that there is.
  public init(
    _ parts: SeriesParts, hidden: [Int], countHidden: [Int], using generator: Generator
  ) {
    self.parts = parts
    func stack(_ inputs: Int, _ hidden: [Int], _ latents: Int) -> Sequential? {
      inputs == 0
        ? nil
        : denseStack(
          [inputs] + hidden + [2 * latents], activateLast: false, activation: .elu,
          using: generator)
    }
    counts = stack(parts.counts, countHidden, parts.ofCounts.count)
    numbers = stack(parts.numbers, hidden, parts.ofNumbers.count)
  }

  /// The features.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let places = x.reshaped([x.size(0), parts.channels, x.size(-1)]).transposed(1, 2)
    let pieces = places.split(sizes: [parts.counts, parts.numbers], dim: 2)
    let first = counts.map { $0(log1p(pieces[0].clamped(min: 0))).chunked(2, dim: -1) }
    let second = numbers.map { $0(pieces[1]).chunked(2, dim: -1) }
    guard let first else { return joined(second ?? []) }
    guard let second else { return joined(first) }
    let own = parts.countLatents
    let merged = zip(first, second).map { one, other in
      let common = 0.5 * (one[.ellipsis, own...] + other[.ellipsis, 0..<parts.shared])
      return concatenated(
        [one[.ellipsis, 0..<own], common, other[.ellipsis, parts.shared...]], dim: -1)
    }
    return joined(merged)
  }

  /// `[B, T, K]` twice → `[B, 2 K, T]`.
  private func joined(_ moments: [Tensor]) -> Tensor {
    concatenated(moments, dim: -1).transposed(1, 2)
  }
}
