import Distributions
public import LatentCore
public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Latent series to counts through a linear map and to numbers through a dense network, place by place.
///
/// Counts are Poisson of rate exp(W z + d) (Poisson factor analysis), numbers normal around f(z) with one learned variance.
/// **Shapes**: codes `[…, K, T]`; examples `[B] + exampleShape`, whose last size is T. **Source**: Gondur et al. 2023, arXiv
/// 2310.03111, section 4.
public final class SeriesDecoder: Module, CodeDecoder {
  /// W and d, if there are counts.
  public let loadings: Linear?
  /// f, if there are numbers.
  public let network: Sequential?
  /// log σ² of the numbers.
  public let logVariance: Parameter?
  private let parts: SeriesParts
  private let exampleShape: [Int]

  /// A decoder of examples of this shape; the hidden widths are f's.
  public init(
    _ parts: SeriesParts, exampleShape: [Int], hidden: [Int], using generator: Generator
  ) {
    self.parts = parts
    self.exampleShape = exampleShape
    loadings =
      parts.counts == 0 ? nil : Linear(parts.ofCounts.count, parts.counts, using: generator)
    network =
      parts.numbers == 0
      ? nil
      : denseStack(
        [parts.ofNumbers.count] + hidden + [parts.numbers], activateLast: false, activation: .elu,
        using: generator)
    logVariance = parts.numbers == 0 ? nil : Parameter(Tensor.zeros([]))
  }

  /// Counts and numbers.
  public var density: String {
    switch (loadings, network) {
    case (nil, _): "the data's numbers"
    case (_, nil): "counts"
    default: "counts and the data's numbers"
    }
  }

  /// The examples.
  public func targets(_ examples: Tensor, using generator: Generator) -> Tensor { examples }

  /// Summed over channels and places.
  public func logLikelihood(_ targets: Tensor, codes: Tensor) -> Tensor {
    let length = codes.size(-1)
    let x = targets.reshaped([targets.size(0), parts.channels, length]).transposed(1, 2)
    let pieces = x.split(sizes: [parts.counts, parts.numbers], dim: 2)
    var sum = Tensor(0)
    if let logRates = logRates(codes) {
      sum = sum + Poisson(logRate: logRates).logProbability(pieces[0]).sum(dims: [-1, -2])
    }
    if let means = means(codes), let logVariance {
      let error = squared(pieces[1] - means).sum(dims: [-1, -2])
      let count = Double(parts.numbers * length)
      let spread = count * (logVariance.value + log(2 * Double.pi))
      sum = sum - 0.5 * (error * exp(-logVariance.value) + spread)
    }
    return sum
  }

  /// Rates and means in the shape of examples.
  public func mean(_ codes: Tensor) -> Tensor {
    let pieces = [logRates(codes).map { exp($0) }, means(codes)].compactMap { $0 }
    return concatenated(pieces, dim: -1).transposed(-2, -1)
      .reshaped([codes.size(0)] + exampleShape)
  }

  /// W z + d, `[…, T, counts]`.
  private func logRates(_ codes: Tensor) -> Tensor? {
    loadings.map { $0(codes.transposed(-2, -1)[.ellipsis, parts.ofCounts]) }
  }

  /// f(z), `[…, T, numbers]`.
  private func means(_ codes: Tensor) -> Tensor? {
    network.map { $0(codes.transposed(-2, -1)[.ellipsis, parts.ofNumbers]) }
  }
}
