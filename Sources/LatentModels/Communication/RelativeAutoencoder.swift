public import Datasets
public import LatentCore
import LatentNN
public import Torch

/// An autoencoder whose decoder reads relative codes, so that it understands other encoders with the same anchors.
///
///     let pictures = second.decode(first.encode(examples))  // zero-shot stitching
///
/// **Fails** (stops) for a bottleneck of another kind. **Source**: Moschella et al. 2023, arXiv 2209.15430, section 5.
public final class RelativeAutoencoder: ReconstructiveMethod, Prepares, RelativelyCoded {
  /// The bottleneck.
  public var relativeBottleneck: RelativeBottleneck? { relative }
  private let relative: RelativeBottleneck
  /// The number that the anchors are drawn by.
  public let anchorSeed: UInt64

  /// A method that takes its anchors by this seed.
  public init(_ network: Autoencoder, anchorSeed: UInt64 = 0) {
    guard let bottleneck = network.bottleneck as? RelativeBottleneck else {
      preconditionFailure("a relative autoencoder with a \(type(of: network.bottleneck))")
    }
    relative = bottleneck
    self.anchorSeed = anchorSeed
    super.init(
      network, objective: Distortion(),
      selection: Selection(term: "distortion", isBetterWhenLarger: false))
  }

  /// Takes the anchors.
  public func prepare(_ data: any Dataset) throws {
    try relative.takeAnchors(from: data, seed: anchorSeed)
  }

  /// The codes before they are compared with the anchors', `[n, size]`.
  public func encodeAbsolutely(_ examples: Tensor) -> Tensor {
    relative.code(autoencoder.encoder(examples))
  }
}

extension AutoencoderRecipe {
  /// `latent train relative-autoencoder`: the decoder reads similarities to anchors.
  public static let relativeAutoencoder = AutoencoderRecipe(
    "relative-autoencoder", "Autoencoder whose code is its similarities to fixed examples.",
    citations: [RelativeSettings.source],
    shared: AutoencoderSettings(likelihood: .squaredError),
    latent: LatentPart(settings: RelativeSettings.schema) {
      config, features, size, data, generator in
      RelativeSettings.bottleneck(
        config, features: features, size: size, data: data, using: generator)
    }
  ) { config, network, _ in
    RelativeAutoencoder(network, anchorSeed: UInt64(config[RelativeSettings.seed]))
  }
}
