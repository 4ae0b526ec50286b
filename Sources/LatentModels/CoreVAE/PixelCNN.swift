public import Datasets
public import LatentCore
public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A model of pictures by their own pixels, without a code: log p(x) is exact.
///
/// The term `nll` is −log p(x) in nats, mean over the batch, and `bits-per-dim` the same in bits a
/// channel of a pixel. Examples of 0 … 1 count as `levels` levels. **Source**: Salimans, Karpathy, Chen &
/// Kingma 2017, arXiv 1701.05517.
public final class PixelCNN: Method, Samples, Scores {
  /// p(x).
  public let network: AutoregressiveModel

  /// Trains this model.
  public init(_ network: AutoregressiveModel) {
    self.network = network
  }

  /// The network.
  public var model: Module { network }
  /// The held-out likelihood.
  public var selection: Selection { Selection(term: "nll", isBetterWhenLarger: false) }

  /// The terms of a batch, with dropout in training mode.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let grids = pixelLevels(batch.examples, count: network.levels)
    let noise = network.mode == .training ? step.generator : nil
    let cost = -network.logProbability(grids, noise: noise).mean()
    var terms = Terms()
    terms.minimise("nll", cost, unit: .nats)
    let bits = cost / (Double(network.shape.reduce(1, *)) * log(2.0))
    terms.watch("bits-per-dim", bits, unit: .bitsPerDimension)
    return terms
  }

  /// Pictures drawn pixel by pixel.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    network.sample(count, using: generator).to(.float32) / Double(network.levels - 1)
  }

  /// `log-likelihood`, exact.
  public var bound: String { "log-likelihood" }

  /// The levels of every number.
  public var density: String { "\(network.levels) levels of each number" }

  /// log p(x) of each example's levels, in nats.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    network.logProbability(pixelLevels(examples, count: network.levels))
  }
}
