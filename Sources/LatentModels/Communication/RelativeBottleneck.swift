public import Datasets
public import LatentCore
public import LatentNN
public import Torch

/// Features → a code told by its similarities to those of fixed examples, the anchors: no noise, no prior.
///
/// z = W h + b is the absolute code; r_j = sim(z, z(a_j)) the one that the decoder sees, of as many numbers as there are
/// anchors. Anchors are encoded anew at each pass and let no gradient through, as in the authors' code. Two models
/// with the same anchors speak of the same axes. **Shapes**: h `[B, features]` → r `[B, k]`. **Source**: Moschella et
/// al. 2023, arXiv 2209.15430, section 3.
public final class RelativeBottleneck: Module, Bottleneck {
  /// Features to absolute codes.
  public let code: Linear
  /// The examples that codes are told by, `[k]` + example shape; zeros until they are taken.
  public let anchors: Buffer
  /// What of two codes is compared.
  public let similarity: RelativeCoordinates
  /// The dimensions of an absolute code.
  public let size: Int

  /// A bottleneck of `size` absolute dimensions and `anchors` relative ones behind `features` numbers.
  public init(
    features: Int, size: Int, anchors: Int, exampleShape: [Int],
    similarity: RelativeCoordinates = .cosine, using generator: Generator
  ) {
    self.size = size
    self.similarity = similarity
    self.anchors = Buffer(Tensor.zeros([anchors] + exampleShape))
    code = Linear(features, size, using: generator)
  }

  /// The number of anchors.
  public var codeShape: [Int] { [anchors.value.size(0)] }

  /// The relative codes.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    let own = code(features)
    let others = withoutGradients { code(encode(anchors.value)) }
    return DeterministicPosterior(codes: similarity(own, anchors: others))
  }

  /// Takes anchors from `data`: the first k of the permutation of this seed, whatever the run's own.
  ///
  /// Throws `RecipeError` where there are fewer examples than anchors.
  public func takeAnchors(from data: any Dataset, seed: UInt64) throws {
    let count = codeShape[0]
    guard data.count >= count else {
      throw RecipeError(
        "\(data.name): expected at least \(count) training examples to be anchors, found \(data.count)",
        remedy: "set anchors=\(data.count) or fewer")
    }
    let order = Tensor.randperm(data.count, using: Generator(seed: seed)).scalars(as: Int.self)
    anchors.assign(try data.batch(Array(order[..<count])).examples)
  }

  /// Whether both tell codes by the same examples and in the same way, so that codes can be handed over.
  public func sharesAnchors(with other: RelativeBottleneck) -> Bool {
    let (own, others) = (anchors.value.to(.cpu), other.anchors.value.to(.cpu))
    return similarity == other.similarity && own.shape == others.shape && own.isEqual(to: others)
  }
}

/// Has codes that may be told by similarities to examples.
public protocol RelativelyCoded: Encodes {
  /// The bottleneck that compares them; nil where codes are absolute.
  var relativeBottleneck: RelativeBottleneck? { get }
}

/// The settings of recipes with relative codes.
enum RelativeSettings {
  static let anchors = ConfigKey(
    "anchors", default: 300, in: .between(2, 100_000), "Training examples that codes are told by.")
  static let similarity = ConfigKey(
    "similarity", default: RelativeCoordinates.cosine, "What of a code and an anchor's is compared."
  )
  static let seed = ConfigKey(
    "anchor-seed", default: 0, in: .atLeast(0),
    "Number that the anchors are drawn by; runs that are to be stitched have the same.")
  static let schema = ConfigSchema(anchors, similarity, seed)

  static let source = Citation(
    authors: "Moschella, Maiorca, Fumero, Norelli, Locatello & Rodolà",
    title: "Relative representations enable zero-shot latent space communication", year: 2023,
    arXiv: "2209.15430", place: "section 3")

  /// The bottleneck that is configured.
  static func bottleneck(
    _ config: Config, features: Int, size: Int, data: DatasetSchema, using generator: Generator
  ) -> RelativeBottleneck {
    RelativeBottleneck(
      features: features, size: size, anchors: config[anchors], exampleShape: data.exampleShape,
      similarity: config[similarity], using: generator)
  }
}
