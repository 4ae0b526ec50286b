public import Datasets
public import LatentCore
public import LatentLearning
public import LatentNN
public import Torch

/// Bootstrap your own latent: an online network predicts what a slow copy of itself says of another view.
///
/// Of two views v, v′ of an example the loss is ‖q̂(z) − ẑ′‖² + ‖q̂(z′) − ẑ‖², a hat for division by the length: z
/// is the online network's projection, q a predictor, and the other z the target network's, through which no
/// gradient goes. After each update ξ ← τ ξ + (1 − τ) θ for the parameters of the target; its batch statistics are
/// its own. Without a predictor the codes collapse; τ = 0 is a target equal to the online network. **Shapes**:
/// examples are pictures `[B, C, H, W]`, codes the features `[B, features]`. **Source**: Grill et al. 2020, arXiv
/// 2006.07733, equations 1 to 3; τ: section 3.3.
public final class BYOL: Module, Method, Encodes {
  /// The network that learns.
  public let online: ProjectedEncoder
  /// q, or nil for none.
  public let predictor: Sequential?
  /// The network that follows.
  public let target: ProjectedEncoder
  /// What a view is.
  public let views: Views
  /// τ of each update; the paper's rises to 1 on half a cosine.
  public let decay: Schedule

  /// A method whose networks `network` makes; the target starts as a copy of the online network.
  ///
  /// - Parameters:
  ///   - views: what a view is.
  ///   - decay: τ.
  ///   - hidden: hidden units of the predictor, or nil for none.
  ///   - generator: draws the weights: those of the online network, then the predictor's.
  ///   - network: makes an encoder with its head.
  public init(
    views: Views, decay: Schedule = .cosine(from: 0.99, to: 1, steps: 3000),
    predictor hidden: Int? = 256, using generator: Generator,
    _ network: (Generator) -> ProjectedEncoder
  ) {
    self.views = views
    self.decay = decay
    online = network(generator)
    let size = online.projection
    predictor = hidden.map { projectionHead(size, hidden: $0, outputs: size, using: generator) }
    target = network(generator)
    target.freeze()
    super.init()
    follow(0)
  }

  /// Itself.
  public var model: Module { self }
  /// How well held-out views are matched: unlike the loss it is low after a collapse.
  public var selection: Selection { Selection(term: "view-accuracy", isBetterWhenLarger: true) }
  /// [features].
  public var codeShape: [Int] { [online.features] }

  /// `loss`, mean over the batch and from 0 to 8, with the watched terms of the views.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    let (first, second) = views(batch, using: step.generator)
    var terms = Terms()
    withStatistics(of: batch) {
      let (one, other) = (online(first), online(second))
      let targets = withoutGradients { (target(first).projection, target(second).projection) }
      let loss =
        directionError(predicted(one.projection), targets.1)
        + directionError(predicted(other.projection), targets.0)
      terms.minimise("loss", loss.mean(), unit: .plain)
      terms.watchViews(one, other)
    }
    return terms
  }

  /// Moves the target.
  public func afterStep(_ step: Step) { follow(decay(step.index)) }

  /// The online network's features.
  public func encode(_ examples: Tensor) -> Tensor { online.encoder(examples) }

  private func predicted(_ projection: Tensor) -> Tensor {
    predictor.map { $0(projection) } ?? projection
  }

  /// ξ ← τ ξ + (1 − τ) θ.
  private func follow(_ decay: Double) {
    withoutGradients {
      for (own, leading) in zip(target.parameters, online.parameters) {
        let goal = leading.parameter.value
        own.parameter.assign(decay == 0 ? goal : goal + decay * (own.parameter.value - goal))
      }
    }
  }
}

/// ‖p̂ − ẑ‖² = 2 − 2 cos(p, z) of each row, `[B]`.
///
/// **Source**: Grill et al. 2020, arXiv 2006.07733, equation 2.
public func directionError(_ prediction: Tensor, _ target: Tensor) -> Tensor {
  2 - 2 * (normalized(prediction) * normalized(target)).sum(dim: -1)
}
