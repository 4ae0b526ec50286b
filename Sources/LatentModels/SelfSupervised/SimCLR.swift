public import Datasets
public import LatentCore
public import LatentNN
public import Torch

/// Contrastive learning: the two views of an example are to be found among those of all others in the batch.
///
/// The loss is NT-Xent of the projections. **Shapes**: examples are pictures `[B, C, H, W]`, codes the features
/// `[B, features]`. **Source**: Chen et al. 2020, arXiv 2002.05709, equation 1 and algorithm 1.
public final class SimCLR: Module, Method, Encodes {
  /// Encoder and projection head.
  public let network: ProjectedEncoder
  /// What a view is.
  public let views: Views
  /// τ.
  public let temperature: Double

  /// A method for this network.
  public init(_ network: ProjectedEncoder, views: Views, temperature: Double = 0.5) {
    self.network = network
    self.views = views
    self.temperature = temperature
  }

  /// Itself.
  public var model: Module { self }
  /// How well held-out views are matched.
  public var selection: Selection { Selection(term: "view-accuracy", isBetterWhenLarger: true) }
  /// [features].
  public var codeShape: [Int] { [network.features] }

  /// `loss` in nats, with the watched terms of the views.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let (first, second) = views(batch, using: step.generator)
    var terms = Terms()
    withStatistics(of: batch) {
      let (one, other) = (network(first), network(second))
      terms.minimise(
        "loss",
        contrastiveCrossEntropy(one.projection, other.projection, temperature: temperature),
        unit: .nats)
      terms.watchViews(one, other)
    }
    return terms
  }

  /// The features.
  public func encode(_ examples: Tensor) -> Tensor { network.encoder(examples) }
}

/// NT-Xent: −log exp(s_ij/τ)/Σ_{k≠i} exp(s_ik/τ), mean over the 2B views i with j the other view of the same example.
///
/// s is the cosine of two projections and k runs over all other views of the batch: log(2B − 1) nats where all
/// are equal. **Shapes**: `[B, d]` and `[B, d]` → a scalar. **Source**: Chen et al. 2020, arXiv 2002.05709,
/// equation 1.
public func contrastiveCrossEntropy(
  _ first: Tensor, _ second: Tensor, temperature: Double
) -> Tensor {
  let count = first.size(0)
  let codes = normalized(concatenated([first, second]))
  let own = Tensor.eye(2 * count, device: codes.device) .> 0
  let logits = (matmul(codes, codes.transposed(0, 1)) / temperature)
    .replacing(with: -Double.infinity, where: own)
  let rows = Tensor.arange(count, device: codes.device)
  return crossEntropy(logits: logits, targets: concatenated([rows + count, rows]))
}
