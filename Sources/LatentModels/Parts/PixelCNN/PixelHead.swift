public import Distributions
public import LatentNN
public import Torch

/// Features of a pixel → the distribution of its channels, each one of n levels.
///
/// **Shapes**: features `[…, width]`, levels `[…, channels]` int64 of 0 ..< n.
public protocol PixelHead: Module {
  /// log P of the pixel's levels, `[…]`, in nats.
  func logProbability(_ levels: Tensor, features: Tensor) -> Tensor

  /// Levels drawn channel by channel, `[…, channels]`.
  func sample(_ features: Tensor, using generator: Generator) -> Tensor

  /// The mean level of each channel given the means of those before it, `[…, channels]`, as numbers.
  func mean(_ features: Tensor) -> Tensor
}

/// Mixtures of discretised logistic distributions, later channels of a colour linear in earlier ones.
///
/// **Source**: Salimans et al. 2017, arXiv 1701.05517, sections 2.1 and 2.2.
public final class LogisticMixtureHead: Module, PixelHead {
  /// Features to the mixture's parameters.
  public let output: Linear
  private let channels: Int
  private let levels: Int

  /// A head of `mixtures` components.
  public init(
    width: Int, channels: Int, levels: Int, mixtures: Int, using generator: Generator
  ) {
    self.channels = channels
    self.levels = levels
    let parts = channels == 3 ? 3 : 2
    output = Linear(width, mixtures * (1 + parts * channels), using: generator)
  }

  /// The distribution of pixels from −1 to 1.
  public func distribution(_ features: Tensor) -> DiscretizedLogisticMixture {
    DiscretizedLogisticMixture(
      output: output(features), channels: channels, sequential: channels == 3, levels: levels)
  }

  /// log Σ π Π P.
  public func logProbability(_ levels: Tensor, features: Tensor) -> Tensor {
    let law = distribution(features)
    return law.logProbability(scaledLevels(levels, count: self.levels, dtype: features.dtype))
  }

  /// A component, then its channels.
  public func sample(_ features: Tensor, using generator: Generator) -> Tensor {
    let drawn = distribution(features).sample(using: generator)
    return round((drawn + 1) * (0.5 * Double(levels - 1))).to(.int64)
  }

  /// Σ π m, each component's mean kept inside the range.
  public func mean(_ features: Tensor) -> Tensor {
    let law = distribution(features)
    let weights = softmax(law.logits, dim: -1)
    var means: [Tensor] = []
    for channel in 0..<channels {
      var centre = law.means[.ellipsis, channel, .all]
      if let coefficients = law.coefficients {
        for earlier in 0..<channel {
          let index = channel == 1 ? 0 : 1 + earlier
          centre += coefficients[.ellipsis, index, .all] * means[earlier].unsqueezed(dim: -1)
        }
      }
      means.append((weights * centre.clamped(min: -1, max: 1)).sum(dim: -1))
    }
    return (stacked(means, dim: -1) + 1) * (0.5 * Double(levels - 1))
  }
}

/// A softmax over the levels of each channel, later channels by tables of the earlier ones' levels.
///
/// The logits of channel c are W_c f + Σ_{j < c} T_{cj}[x_j]. **Source**: van den Oord, Kalchbrenner &
/// Kavukcuoglu 2016, arXiv 1601.06759, section 3.3: what PixelCNN++ is compared with.
public final class SoftmaxHead: Module, PixelHead {
  /// Features to the logits of all channels.
  public let output: Linear
  /// T, one for each pair of channels.
  public let tables: [Embedding]
  private let channels: Int
  private let levels: Int

  /// A head for `channels` channels of `levels` levels.
  public init(width: Int, channels: Int, levels: Int, using generator: Generator) {
    self.channels = channels
    self.levels = levels
    output = Linear(width, channels * levels, using: generator)
    tables = (0..<(channels * (channels - 1) / 2)).map { _ in
      Embedding(
        levels, levels, initializer: .normal(standardDeviation: 0.01), using: generator)
    }
  }

  /// The sum of log-probabilities over the channels.
  public func logProbability(_ levels: Tensor, features: Tensor) -> Tensor {
    let known = levels.unbound(dim: -1)
    let logits = logits(features)
    return (0..<channels).reduce(Tensor(0)) { total, channel in
      let law = law(channel, logits[channel], after: known)
      return total + law.logProbability(known[channel])
    }
  }

  /// Channel by channel.
  public func sample(_ features: Tensor, using generator: Generator) -> Tensor {
    let logits = logits(features)
    var drawn: [Tensor] = []
    for channel in 0..<channels {
      drawn.append(law(channel, logits[channel], after: drawn).sample(using: generator))
    }
    return stacked(drawn, dim: -1)
  }

  /// Σ level · P, earlier channels at their nearest level.
  public func mean(_ features: Tensor) -> Tensor {
    let logits = logits(features)
    let values = Tensor.arange(levels, dtype: features.dtype)
    var means: [Tensor] = []
    for channel in 0..<channels {
      let law = law(channel, logits[channel], after: means.map { round($0).to(.int64) })
      means.append((law.probabilities * values).sum(dim: -1))
    }
    return stacked(means, dim: -1)
  }

  private func logits(_ features: Tensor) -> [Tensor] {
    output(features).unflattened(dim: -1, [channels, levels]).unbound(dim: -2)
  }

  private func law(_ channel: Int, _ logits: Tensor, after known: [Tensor]) -> Categorical {
    let first = channel * (channel - 1) / 2
    return Categorical(
      logits: (0..<channel).reduce(logits) { $0 + tables[first + $1](known[$1]) })
  }
}

/// Levels 0 ..< count as numbers from −1 to 1.
func scaledLevels(_ levels: Tensor, count: Int, dtype: DType) -> Tensor {
  levels.to(dtype) / (0.5 * Double(count - 1)) - 1
}
