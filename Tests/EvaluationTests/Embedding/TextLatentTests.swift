import Testing
import Torch

@testable import Evaluation

/// Texts as points, beside scikit-learn's.
@Suite struct TextLatentTests {
  static let texts = [
    "posterior collapse in variational autoencoders", "the decoder ignores the latent code",
    "latent code collapse when the decoder is strong", "normalizing flows for density estimation",
    "density estimation with autoregressive flows", "graph embedding by random walks",
    "random walks on graph nodes for embedding",
  ]

  /// Recorded by `Goldens/text-latents.py`.
  @Test func similaritiesAreThoseOfScikitLearn() throws {
    let space = try TextLatents(Self.texts, dimensions: 4)
    let found = space.similarities(to: space.latent(of: "collapse of the latent code"))
    let expected = [0.24353044, 0.95662327, 0.9986471, -0.0, 0.0, 0.0, 0.0]
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
  }

  @Test func aTextIsNearestToItself() throws {
    let space = try TextLatents(Self.texts)
    for (place, text) in Self.texts.enumerated() {
      let found = space.similarities(to: space.latent(of: text))
      #expect(abs(found[place] - 1) < 1e-8)
      #expect(found.allSatisfy { $0 <= found[place] + 1e-8 })
    }
  }

  @Test func unknownWordsAreNoPoint() throws {
    let space = try TextLatents(Self.texts)
    #expect(space.similarities(to: space.latent(of: "zebra")).allSatisfy { $0 == 0 })
    #expect(
      TextLatents.words(of: "Flows, VAEs & bias: a ß-VAE's loss")
        == ["flow", "vae", "bias", "ß", "vae", "loss"].filter { $0.count > 1 })
    #expect(throws: MetricError.self) { try TextLatents(["one"]) }
    #expect(throws: MetricError.self) { try TextLatents(["", "!"]) }
  }
}
