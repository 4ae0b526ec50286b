public import Datasets
public import LatentCore
public import LatentNN
public import Torch

/// Encoder, bottleneck and a head that tells classes from codes.
public final class ClassifierNetwork: Module {
  /// Examples to features.
  public let encoder: any UnaryLayer
  /// Features to codes.
  public let bottleneck: any Bottleneck
  /// Codes to logits.
  public let head: any UnaryLayer

  /// A network of three parts.
  public init(encoder: any UnaryLayer, bottleneck: any Bottleneck, head: any UnaryLayer) {
    (self.encoder, self.bottleneck, self.head) = (encoder, bottleneck, head)
  }
}

/// A classifier whose head reads codes, absolute or relative ones, and can be put behind another encoder.
///
/// The term `cross-entropy` is −log p(y|x) in nats, `accuracy` (watched) the share of right classes, both means over the
/// batch. **Source**: Moschella et al. 2023, arXiv 2209.15430, section 5.2.
public final class CodeClassifier: Method, ClassifiesCodes, Prepares, RelativelyCoded {
  /// The network.
  public let network: ClassifierNetwork
  /// The names of the classes.
  public let classNames: [String]
  /// The number that anchors are drawn by.
  public let anchorSeed: UInt64
  /// Whether the head alone learns, behind an encoder that was trained before.
  public let isEncoderFrozen: Bool

  /// A classifier of these classes.
  public init(
    _ network: ClassifierNetwork, classNames: [String], anchorSeed: UInt64 = 0,
    isEncoderFrozen: Bool = false
  ) {
    (self.network, self.classNames, self.anchorSeed) = (network, classNames, anchorSeed)
    self.isEncoderFrozen = isEncoderFrozen
  }

  /// The network.
  public var model: Module { network }
  /// One that owns everything, or the head.
  public var players: [Player] {
    isEncoderFrozen ? [Player { $0.hasPrefix("head.") }] : [Player()]
  }
  /// Held-out accuracy.
  public var selection: Selection { Selection(term: "accuracy", isBetterWhenLarger: true) }
  /// The bottleneck, where codes are relative.
  public var relativeBottleneck: RelativeBottleneck? { network.bottleneck as? RelativeBottleneck }
  /// The shape of a code.
  public var codeShape: [Int] { network.bottleneck.codeShape }

  /// Takes the anchors, where codes are relative.
  public func prepare(_ data: any Dataset) throws {
    try relativeBottleneck?.takeAnchors(from: data, seed: anchorSeed)
  }

  /// The codes that the head reads.
  public func encode(_ examples: Tensor) -> Tensor {
    network.bottleneck.posterior(network.encoder(examples)) { network.encoder($0) }.representative
  }

  /// What the head says of codes.
  public func classLogits(of codes: Tensor) -> Tensor { network.head(codes) }

  /// The terms of a batch; stops for one without labels.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    guard let labels = batch.labels else {
      preconditionFailure("a classifier needs the labels of its examples")
    }
    let codes =
      isEncoderFrozen ? withoutGradients { encode(batch.examples) } : encode(batch.examples)
    let logits = classLogits(of: codes)
    var terms = Terms()
    terms.minimise("cross-entropy", crossEntropy(logits: logits, targets: labels), unit: .nats)
    let hits = (logits.argMax(dim: 1) .== labels).to(logits.dtype).mean()
    terms.watch("accuracy", hits, unit: .plain)
    return terms
  }
}
