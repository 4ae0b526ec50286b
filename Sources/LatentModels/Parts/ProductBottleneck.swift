public import LatentCore
public import LatentNN
public import Torch

/// Several bottlenecks behind the same features, their codes side by side as one vector.
///
/// Each channel keeps its own posterior and prior: q(z|x) = Π q(z_c|x). A channel's rate is called `rate-` and its
/// name, or `rate` without one; channels of one name share a rate. **Shapes**: features `[B, …]` →
/// codes `[B, Σ sizes]`, each channel's flattened, in the order of the channels. **Source**: for a Gaussian beside
/// categories, Dupont 2018, arXiv 1804.00104, section 3.
public final class ProductBottleneck: Module, Bottleneck {
  /// The channels in order.
  public let channels: [any Bottleneck]
  /// What their rates are called after, nil for `rate` itself.
  public let names: [String?]

  /// A code of these channels; **fails** (stops) without any.
  public init(_ channels: [(name: String?, bottleneck: any Bottleneck)]) {
    precondition(!channels.isEmpty, "a product of bottlenecks needs at least one")
    self.channels = channels.map(\.bottleneck)
    names = channels.map(\.name)
  }

  /// The numbers of each channel.
  public var sizes: [Int] { channels.map { $0.codeShape.reduce(1, *) } }

  /// [Σ sizes].
  public var codeShape: [Int] { [sizes.reduce(0, +)] }

  /// The channels' posteriors.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    ProductPosterior(
      zip(names, channels).map { ($0, $1.posterior(features, encode: encode)) })
  }

  /// The channels' draws side by side.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    let draws = channels.map {
      $0.samplePrior(count, encode: encode, using: generator).flattened(from: 1)
    }
    return concatenated(draws, dim: 1)
  }

  /// Those of the channels.
  public func afterStep(_ step: Step) {
    for channel in channels { channel.afterStep(step) }
  }
}

/// Independent posteriors of the parts of one code.
public struct ProductPosterior: WeighablePosterior {
  /// The parts in order.
  public let parts: [any LatentPosterior]
  private let names: [String?]

  /// A product of posteriors of one batch, with the names of their rates.
  public init(_ parts: [(name: String?, posterior: any LatentPosterior)]) {
    self.parts = parts.map(\.posterior)
    names = parts.map(\.name)
  }

  /// The parts' representatives side by side.
  public var representative: Tensor {
    concatenated(parts.map { $0.representative.flattened(from: 1) }, dim: 1)
  }

  /// One draw of each part, with the costs of all.
  public func draw(using generator: Generator) -> LatentDraw {
    let draws = parts.map { $0.draw(using: generator) }
    return LatentDraw(
      codes: concatenated(draws.map { $0.codes.flattened(from: 1) }, dim: 1),
      rates: rates(draws), penalties: draws.flatMap(\.penalties))
  }

  /// The rates under their channels' names, those of one name side by side.
  private func rates(_ draws: [LatentDraw]) -> [LatentRate] {
    var rates: [LatentRate] = []
    for (name, draw) in zip(names, draws) {
      for rate in draw.rates {
        let label = name.map { "\(rate.name)-\($0)" } ?? rate.name
        let value = rate.value.reshaped([rate.value.size(0), -1])
        if let index = rates.firstIndex(where: { $0.name == label }) {
          let known = rates[index]
          rates[index] = LatentRate(
            name: label, value: concatenated([known.value, value], dim: 1),
            isExact: known.isExact && rate.isExact)
        } else {
          rates.append(LatentRate(name: label, value: value, isExact: rate.isExact))
        }
      }
    }
    return rates
  }

  /// `count` draws of each part, their ratios added; **fails** (stops) where a part has no density.
  public func draws(
    _ count: Int, stoppingDensity: Bool, using generator: Generator
  ) -> WeightedDraws {
    let draws = parts.map { part -> WeightedDraws in
      guard let part = part as? any WeighablePosterior else {
        preconditionFailure("\(type(of: part)) has no density to weigh draws by")
      }
      return part.draws(count, stoppingDensity: stoppingDensity, using: generator)
    }
    return WeightedDraws(
      codes: concatenated(draws.map { $0.codes.flattened(from: 2) }, dim: 2),
      logRatio: draws.dropFirst().reduce(draws[0].logRatio) { $0 + $1.logRatio })
  }
}
