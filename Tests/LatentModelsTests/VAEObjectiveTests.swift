import Datasets
import Foundation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// The bound of a network so small that it can be written out, in float64, the noise fixed by seed.
@Suite struct VAEObjectiveTests {
  static let pixels = 3
  static let hidden = 4
  static let latent = 2

  static func network(seed: UInt64 = 1) -> Autoencoder {
    denseVAE(
      exampleShape: [1, pixels], hidden: [hidden], latent: latent,
      likelihood: BernoulliLikelihood(binarisation: .none), using: Generator(seed: seed)
    ).to(.float64)
  }

  static func terms(
    _ network: Autoencoder, _ examples: Tensor, beta: Double = 1, seed: UInt64
  ) -> Terms {
    let batch = Batch(examples: examples, indices: Array(0..<examples.size(0)))
    let step = Step(
      index: 0, epoch: 0, exampleCount: batch.count, generator: Generator(seed: seed))
    return ELBO(beta: beta).terms(Pass(network, batch, step))
  }

  static var examples: Tensor {
    Tensor([[1.0, 0, 1], [0, 0, 1], [1, 1, 1], [0, 1, 0]]).reshaped([4, 1, 3]).to(.float64)
  }

  /// rows · Wᵀ + b, written out.
  static func affine(_ rows: [[Double]], _ name: String, _ state: [String: Tensor]) -> [[Double]] {
    guard let weight = state["\(name).weight"], let bias = state["\(name).bias"] else {
      Issue.record("no layer \(name) in \(state.keys.sorted())")
      return []
    }
    let w = weight.scalars(as: Double.self)
    let b = bias.scalars(as: Double.self)
    let width = weight.size(1)
    return rows.map { row in
      b.indices.map { out in
        b[out] + row.indices.reduce(0) { $0 + w[out * width + $1] * row[$1] }
      }
    }
  }

  static func relu(_ rows: [[Double]]) -> [[Double]] { rows.map { $0.map { max($0, 0) } } }

  /// Distortion and rate by the formulas of the paper, number by number.
  static func byHand(_ network: Autoencoder, seed: UInt64) -> (Double, Double) {
    let state = network.state
    let x = (0..<4).map { examples[$0].scalars(as: Double.self) }
    let noise = Tensor.randn([4, latent], using: Generator(seed: seed), dtype: .float64)
      .scalars(as: Double.self)
    let moments = affine(relu(affine(x, "encoder.layers.1", state)), "bottleneck.moments", state)
    var rate = 0.0
    var codes: [[Double]] = []
    for (row, numbers) in moments.enumerated() {
      codes.append(
        (0..<latent).map { axis in
          let mean = numbers[axis]
          let variance = exp(numbers[latent + axis])
          rate += 0.5 * (mean * mean + variance - log(variance) - 1)
          return mean + variance.squareRoot() * noise[row * latent + axis]
        })
    }
    let logits = affine(
      relu(affine(codes, "decoder.network.layers.0", state)), "decoder.network.layers.2", state)
    var distortion = 0.0
    for (row, numbers) in logits.enumerated() {
      for (pixel, logit) in numbers.enumerated() {
        let p = 1 / (1 + exp(-logit))
        distortion -= x[row][pixel] == 1 ? log(p) : log(1 - p)
      }
    }
    return (distortion / 4, rate / 4)
  }

  @Test(arguments: [0.0, 1, 4]) func termsAreThoseOfTheFormula(beta: Double) throws {
    for seed in UInt64(0)..<5 {
      let network = Self.network(seed: seed)
      let terms = Self.terms(network, Self.examples, beta: beta, seed: seed + 10)
      let (distortion, rate) = Self.byHand(network, seed: seed + 10)
      let found = Dictionary(uniqueKeysWithValues: terms.numbers.map { ($0.name, $0.value) })
      #expect(terms.numbers.map(\.unit) == ["nat", "nat", "nat"])
      #expect(abs(try #require(found["distortion"]) - distortion) < 1e-12)
      #expect(abs(try #require(found["rate"]) - rate) < 1e-12)
      #expect(abs(try #require(found["elbo"]) + distortion + rate) < 1e-12, "whatever β")
      let total = try #require(terms.total()).item()
      #expect(abs(total - (distortion + beta * rate)) < 1e-12)
    }
  }

  /// In float32, as it is trained: the terms add up to the bound.
  @Test func termsAddUpInFloat32() throws {
    let network = denseVAE(
      exampleShape: [1, 28, 28], likelihood: BernoulliLikelihood(binarisation: .none),
      using: Generator(seed: 3))
    for seed in UInt64(0)..<10 {
      let generator = Generator(seed: seed)
      let images = Tensor.bernoulli(Tensor.full([16, 1, 28, 28], 0.3), using: generator)
      let terms = Self.terms(network, images, seed: seed + 100)
      let numbers = terms.numbers.map(\.value)
      #expect(abs(numbers[0] + numbers[1] + numbers[2]) <= 1e-5 * abs(numbers[0]))
      #expect(abs(try #require(terms.total()).item() + numbers[0]) <= 1e-6 * abs(numbers[0]))
    }
  }

  @Test func theRateIsNeverNegative() throws {
    for (seed, scale) in [1e-9, 1e-6, 1e-4, 1e-2, 1, 10].enumerated() {
      for dtype in [DType.float32, .float64] {
        let network = Self.network(seed: UInt64(seed)).to(dtype)
        try network.load(network.state.mapValues { $0 * scale })
        let terms = Self.terms(network, Self.examples.to(dtype), seed: 1)
        #expect(try #require(terms["rate"]).value.item() >= 0, "weights times \(scale), \(dtype)")
      }
    }
  }

  @Test(arguments: [1.0, 3]) func gradientsAreCentralDifferences(beta: Double) throws {
    let network = Self.network()
    func total() -> Tensor {
      Self.terms(network, Self.examples, beta: beta, seed: 4).total() ?? Tensor(0)
    }
    let found = valueAndGradient(of: network) { _ in total() }.gradients
    #expect(found.unused.isEmpty)
    let start = network.state
    for entry in found.entries {
      let whole = try #require(start[entry.path])
      var numbers = whole.scalars(as: Double.self)
      func value(_ index: Int, _ change: Double) throws -> Double {
        let before = numbers[index]
        defer { numbers[index] = before }
        numbers[index] += change
        var state = start
        state[entry.path] = Tensor(numbers, shape: whole.shape)
        try network.load(state)
        return withoutGradients { total().item() }
      }
      let slopes = try numbers.indices.map {
        (try value($0, 1e-6) - value($0, -1e-6)) / 2e-6
      }
      expectClose(
        entry.gradient, Tensor(slopes, shape: whole.shape), relative: 1e-6, absolute: 1e-8,
        entry.path)
    }
  }
}
