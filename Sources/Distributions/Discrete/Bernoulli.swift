public import Torch

/// 1 with probability σ(l), else 0, from a logit l.
///
/// P(x) = σ(l)ˣ (1 − σ(l))¹⁻ˣ with σ(l) = 1/(1 + e⁻ˡ). `logProbability` takes x of [0, 1] too, where
/// it is the negative cross entropy that trains decoders of grey pictures; that is no density
/// (`ContinuousBernoulli` is one). Finite for every finite logit. PyTorch:
/// `torch.distributions.Bernoulli`.
public struct Bernoulli: Distribution {
  /// The log-odds l, of shape `batchShape`.
  public let logits: Tensor

  /// From log-odds; fails as operators do unless they are floating-point.
  public init(logits: Tensor) {
    checkVector("Bernoulli(logits:)", logits, rank: 0)
    self.logits = logits
  }

  /// From probabilities of (0, 1), through log p − log(1 − p).
  public init(probabilities: Tensor) {
    self.init(logits: log(probabilities) - log1p(-probabilities))
  }

  /// The shape of the logits.
  public var batchShape: [Int] { logits.shape }
  /// Empty: outcomes are numbers.
  public var eventShape: [Int] { [] }
  /// 0 and 1, in the type of the logits.
  public var support: Constraint { .boolean }
  /// The logits.
  public var parameters: [DistributionParameter] { [.init("logits", logits, .logits)] }
  /// σ(l).
  public var probabilities: Tensor { sigmoid(logits) }

  /// The same distribution without the history of its parameters.
  public func detached() -> Bernoulli { Bernoulli(logits: logits.detached()) }

  /// 0 or 1 from one call of `Tensor.bernoulli`, in the type of the logits.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    withoutGradients {
      .bernoulli(probabilities.broadcast(to: sampleShape + batchShape), using: generator)
    }
  }

  /// x l − softplus(l) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    let shape = broadcastShape(value.shape, batchShape) ?? value.shape
    return -binaryCrossEntropy(
      logits: logits.broadcast(to: shape), targets: value.broadcast(to: shape), reduction: .none)
  }
}

extension Bernoulli: DistributionWithMoments, DistributionWithEntropy {
  /// σ(l).
  public var mean: Tensor { probabilities }

  /// σ(l) σ(−l).
  public var variance: Tensor { sigmoid(logits) * sigmoid(-logits) }

  /// softplus(l) − l σ(l) in nats.
  public func entropy() -> Tensor {
    binaryCrossEntropy(logits: logits, targets: probabilities, reduction: .none)
  }
}
