import Datasets
import LatentCore
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// Codes and what a random rotation, scale and move make of them.
private struct Moved {
  let codes = Tensor.randn([40, 6], using: Generator(seed: 1), dtype: .float64)
  let rotation = LinearAlgebra.qr(Tensor.randn([6, 6], using: Generator(seed: 2), dtype: .float64))
    .q
  let shift = Tensor.randn([6], using: Generator(seed: 3), dtype: .float64)

  func moved(rotated: Bool = false, scale: Double = 1, shifted: Bool = false) -> Tensor {
    let turned = rotated ? matmul(codes, rotation) : codes
    return shifted ? turned * scale + shift : turned * scale
  }
}

@Suite struct RelativeCoordinatesTests {
  private static var maps: [(name: String, moved: Tensor)] {
    let all = Moved()
    let swapped = all.codes.flipped(dims: [1])
    return [
      ("rotation", all.moved(rotated: true)), ("scale", all.moved(scale: 2.5)),
      ("shift", all.moved(shifted: true)), ("permutation", swapped),
    ]
  }

  /// Every similarity is unchanged by what its documentation says, and by nothing else of the four.
  @Test(arguments: [
    (RelativeCoordinates.cosine, ["rotation", "scale", "permutation"]),
    (.centredCosine, ["rotation", "scale", "shift", "permutation"]),
    (.inner, ["rotation", "permutation"]), (.euclidean, ["rotation", "shift", "permutation"]),
    (.manhattan, ["shift", "permutation"]), (.chebyshev, ["shift", "permutation"]),
  ]) func invariance(similarity: RelativeCoordinates, kept: [String]) {
    func coordinates(_ codes: Tensor) -> Tensor { similarity(codes[8...], anchors: codes[..<8]) }
    let before = coordinates(Moved().codes)
    #expect(before.shape == [32, 8])
    for map in Self.maps {
      let change = abs(coordinates(map.moved) - before).max().item()
      #expect((change < 1e-10) == kept.contains(map.name), "\(similarity), \(map.name): \(change)")
    }
  }

  @Test func areTheFormulas() {
    let codes = Tensor([[3.0, 4]], dtype: .float64)
    let anchors = Tensor([[1.0, 0], [0, 2]], dtype: .float64)
    let expected: [(RelativeCoordinates, [Double])] = [
      (.cosine, [0.6, 0.8]), (.inner, [3, 8]), (.manhattan, [-6, -5]), (.chebyshev, [-4, -3]),
      (.euclidean, [-20.0.squareRoot(), -13.0.squareRoot()]),
    ]
    for (similarity, values) in expected {
      expectClose(
        similarity(codes, anchors: anchors), Tensor([values], dtype: .float64), "\(similarity)")
    }
  }

  /// An anchor is at distance 0 from itself, where a root has no finite slope.
  @Test func gradientsAreFiniteAtAnAnchor() {
    for similarity in RelativeCoordinates.allCases {
      let codes = Moved().codes[..<3]
      let slope = gradient(at: codes) { similarity($0, anchors: codes).sum() }
      #expect(slope.isFinite.all().item() == 1, "\(similarity)")
    }
  }
}

@Suite struct LatentTranslationTests {
  private static func error(_ map: LatentTranslation, _ source: Tensor, _ target: Tensor) -> Double
  {
    abs(map(source) - target).max().item()
  }

  @Test func eachFamilyFindsAMapOfItsOwnKind() throws {
    let all = Moved()
    let matrix = Tensor.randn([6, 4], using: Generator(seed: 4), dtype: .float64)
    let offset = Tensor.randn([4], using: Generator(seed: 5), dtype: .float64)
    let rotated = all.moved(rotated: true, scale: 2.5, shifted: true)
    let linear = matmul(all.codes, matrix)
    let cases: [(LatentTranslation.Family, Tensor)] = [
      (.orthogonal(), rotated), (.affine, rotated), (.linear, linear), (.affine, linear + offset),
      (.ridge(penalty: 1e-12), linear + offset),
    ]
    for (family, target) in cases {
      let map = try LatentTranslation(family, from: all.codes[..<20], to: target[..<20])
      #expect(Self.error(map, all.codes, target) < 1e-8, "\(family)")
    }
    // What a family does not hold it does not find.
    let wrong = try LatentTranslation(.linear, from: all.codes, to: linear + offset)
    #expect(Self.error(wrong, all.codes, linear + offset) > 0.1)
    let rigid = try LatentTranslation(.orthogonal(isScaled: false), from: all.codes, to: rotated)
    expectClose(
      matmul(rigid.weight, rigid.weight.transposed()), Tensor.eye(6, dtype: .float64),
      absolute: 1e-10)
  }

  /// Zeros fill up the narrower code: rows or columns of R are orthonormal.
  @Test func orthogonalMapsBetweenSizes() throws {
    let all = Moved()
    let wide = matmul(all.codes[.all, 0..<3], all.rotation[0..<3])
    let map = try LatentTranslation(.orthogonal(), from: all.codes[.all, 0..<3], to: wide)
    #expect(map.codeShape == [6])
    #expect(Self.error(map, all.codes[.all, 0..<3], wide) < 1e-10)
  }

  @Test func gridsOfCodesAreTakenAsVectors() throws {
    let all = Moved()
    let map = try LatentTranslation(
      .affine, from: all.codes, to: all.moved(rotated: true).reshaped([40, 2, 3]))
    #expect(map(all.codes.to(.float32)).shape == [40, 2, 3])
    #expect(map(all.codes.to(.float32)).dtype == .float32)
  }

  @Test func aPenaltyShrinksTheMap() throws {
    let all = Moved()
    let target = all.moved(rotated: true)
    let sizes = try [0, 0.1, 10].map {
      try LatentTranslation(.ridge(penalty: $0), from: all.codes, to: target).weight.norm().item()
    }
    #expect(sizes[0] > sizes[1] && sizes[1] > sizes[2] && sizes[2] < 0.2 * sizes[0])
  }

  @Test func whatCannotBeFittedIsRefused() {
    let codes = Moved().codes
    let cases: [(LatentTranslation.Family, Tensor, Tensor, String)] = [
      (.affine, codes[..<6], codes[..<6], "expects at least 7 anchors, found 6"),
      (.linear, codes[..<5], codes[..<5], "expects at least 6 anchors, found 5"),
      (.orthogonal(), codes[..<5], codes[..<4], "as many codes of each encoder, found 5 and 4"),
      (
        .affine, codes, Tensor.ones([40, 2], dtype: .float64),
        "codes of the second encoder that vary"
      ),
      (.affine, codes / 0, codes, "finite codes of the first encoder"),
    ]
    for (family, source, target, message) in cases {
      let error = #expect(throws: TranslationError.self) {
        try LatentTranslation(family, from: source, to: target)
      }
      #expect(error?.problem.contains(message) == true, "\(String(describing: error))")
    }
  }
}

@Suite struct RelativeAutoencoderTests {
  private static func made(_ seed: UInt64, anchorSeed: Int = 0) throws -> RelativeAutoencoder {
    let recipe = AutoencoderRecipe.relativeAutoencoder
    var config = Config(recipe.settings)
    for setting in ["latent=5", "hidden=16", "anchors=12", "anchor-seed=\(anchorSeed)"] {
      try config.set(setting)
    }
    let data = try DatasetRegistry.open("digits").train
    let method = try #require(
      try recipe.make(config, data: data.schema, using: Generator(seed: seed))
        as? RelativeAutoencoder)
    try method.prepare(data)
    return method
  }

  @Test func anchorsAreExamplesOfTheirSeedAlone() throws {
    let (a, b, c) = (try Self.made(1), try Self.made(2), try Self.made(1, anchorSeed: 9))
    let anchors = try #require(a.relativeBottleneck)
    #expect(anchors.sharesAnchors(with: try #require(b.relativeBottleneck)))
    #expect(!anchors.sharesAnchors(with: try #require(c.relativeBottleneck)))
    let data = try DatasetRegistry.open("digits").train.all().examples
    for row in anchors.anchors.value.unbound() {
      let gaps = abs(data - row).flattened(from: 1).max(dims: [1])
      #expect(gaps.min().item() == 0)
    }
  }

  /// A code is what the formula says, and no gradient passes through the anchors.
  @Test func codesAreCosinesToTheAnchors() throws {
    let method = try Self.made(1)
    let bottleneck = try #require(method.relativeBottleneck)
    let examples = try DatasetRegistry.open("digits").train.batch(Array(0..<4)).examples
    let codes = method.encode(examples)
    #expect(codes.shape == [4, 12] && method.codeShape == [12])
    let own = method.encodeAbsolutely(examples)
    let anchors = method.encodeAbsolutely(bottleneck.anchors.value)
    expectClose(codes, RelativeCoordinates.cosine(own, anchors: anchors))
    func slope(_ codes: Tensor) -> Tensor {
      gradients(of: [squared(codes).sum()], withRespectTo: [bottleneck.code.weight.value])[0]
    }
    let stopped = slope(RelativeCoordinates.cosine(own, anchors: anchors.detached()))
    expectClose(slope(codes), stopped, relative: 1e-4, absolute: 1e-5)
  }

  /// Rotating and rescaling the absolute codes of a model changes no copy: a decoder does not notice.
  @Test func decodersDoNotNoticeARotation() throws {
    let (a, b) = (try Self.made(1), try Self.made(1))
    let weight = try #require(b.relativeBottleneck?.code.weight)
    let bias = try #require(b.relativeBottleneck?.code.bias)
    let rotation = LinearAlgebra.qr(Tensor.randn([5, 5], using: Generator(seed: 7))).q
    var state = b.model.state
    state["bottleneck.code.weight"] = 3 * matmul(rotation, weight.value)
    state["bottleneck.code.bias"] = 3 * matmul(rotation, bias.value)
    try b.model.load(state)
    let examples = try DatasetRegistry.open("digits").train.batch(Array(20..<40)).examples
    let (x, y) = withoutGradients {
      (a.reconstruct(examples), Stitched(b, to: a).reconstruct(examples))
    }
    expectClose(x, y, relative: 0, absolute: 1e-5)
  }

  @Test func tooFewExamplesAreRefused() throws {
    let data = try DatasetRegistry.open("digits").train
    let few = try Subset(of: data, at: Array(0..<11))
    let error = #expect(throws: RecipeError.self) { try Self.made(1).prepare(few) }
    #expect(error?.problem.contains("at least 12 training examples") == true)
  }

  @Test func classifiersOfDataWithoutClassesAreRefused() throws {
    let recipe = RelativeClassifierRecipe()
    #expect(throws: RecipeError.self) {
      try recipe.make(
        Config(recipe.settings), data: DatasetSchema(.vector, shape: [3]),
        using: Generator(seed: 1))
    }
  }
}
