import Testing
import Torch
import _TestSupport

/// The draw and the divergence of a normal distribution as functions of their own.
@Suite struct GaussianTermsTests {
  static func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  static func direct(_ mean: Tensor, _ logVariance: Tensor) -> Tensor {
    0.5 * (expm1(logVariance) - logVariance + mean * mean)
  }

  /// Results and gradients for the two halves of one tensor, as encoders give them.
  static func results(
    _ shape: [Int], _ dtype: DType, _ body: (Tensor, Tensor) -> Tensor
  ) -> [Tensor] {
    let both = (2 * random(shape, 1)).to(.float32).to(dtype).detached().requiringGradient()
    let parts = both.chunked(2, dim: -1)
    let value = body(parts[0], parts[1])
    let sum = (value * random(value.shape, 3).to(dtype)).sum()
    return [value] + gradients(of: [sum], withRespectTo: [both])
  }

  @Test(arguments: [[4], [7, 40], [3, 5, 6], [1200, 64]])
  func equalTheOperators(_ shape: [Int]) {
    let noise = Self.random(Array(shape.dropLast()) + [shape[shape.count - 1] / 2], 2)
      .to(.float32)
    let draw = Self.results(shape, .float32) {
      gaussianDraw(mean: $0, logVariance: $1, noise: noise)
    }
    let drawn = Self.results(shape, .float64) { $0 + exp(0.5 * $1) * noise.to(.float64) }
    let divergence = Self.results(shape, .float32) {
      gaussianDivergence(mean: $0, logVariance: $1) ?? Self.direct($0, $1)
    }
    let expected = Self.results(shape, .float64, Self.direct)
    for (a, e) in zip(draw + divergence, drawn + expected) {
      #expect(a.shape == e.shape)
      expectClose(a.to(.float64), e, relative: 2e-6, absolute: 2e-6)
    }
  }

  static func logDensity(_ x: Tensor, _ mean: Tensor, _ logVariance: Tensor) -> Tensor {
    let z = (x - mean) * exp(-0.5 * logVariance)
    return -0.5 * (z * z + logVariance + 1.837877066409345483560659472811).sum(dim: -1)
  }

  /// Several draws of each distribution, whose gradients meet in it.
  @Test(arguments: [[8], [3, 6], [20, 50]], [[], [5], [2, 3]])
  func drawsStandBeforeTheRest(_ law: [Int], _ draws: [Int]) {
    func results(_ dtype: DType) -> [Tensor] {
      let leaves = [Self.random(law, 1), Self.random(law, 2), Self.random(draws + law, 3)]
        .map { $0.to(.float32).to(dtype).detached().requiringGradient() }
      let noise = Self.random(draws + law, 4).to(.float32).to(dtype)
      let drawn = gaussianDraw(mean: leaves[0], logVariance: leaves[1], noise: noise)
      let density =
        dtype == .float32
        ? gaussianLogDensity(leaves[2], mean: leaves[0], logVariance: leaves[1])
        : Self.logDensity(leaves[2], leaves[0], leaves[1])
      guard let density else {
        Issue.record("expected a function for float32 on the CPU")
        return []
      }
      let weights = Self.random(draws + law.dropLast(), 5).to(dtype)
      let sum = (drawn * Self.random(draws + law, 6).to(dtype)).sum() + (density * weights).sum()
      return [drawn, density] + gradients(of: [sum], withRespectTo: leaves)
    }
    for (a, e) in zip(results(.float32), results(.float64)) {
      #expect(a.shape == e.shape)
      expectClose(a.to(.float64), e, relative: 1e-5, absolute: 2e-5)
    }
  }

  /// Rows that are not one after another, among dimensions of size 1 whose strides mean nothing.
  @Test func rowsMayLieAnywhere() {
    let x = Self.random([6, 7, 1], 1).to(.float32)
    let wide = Self.random([6, 4, 14], 2).to(.float32)
    let given = [
      x.transposed(1, 2), wide[.all, .all, ..<7], wide[.all, 1..<2, 3..<10], wide[.all, 2, ..<7],
      wide.transposed(0, 1)[.all, .all, ..<5], x[..<1].expanded([6, 7, 1]).transposed(1, 2),
    ]
    for tensor in given {
      let copy = Tensor(tensor.scalars(as: Float.self)).reshaped(tensor.shape)
      let noise = Self.random(tensor.shape, 3).to(.float32)
      expectClose(
        gaussianDraw(mean: tensor, logVariance: tensor, noise: noise),
        copy + exp(0.5 * copy) * noise, relative: 1e-5, absolute: 1e-6)
      let density = gaussianLogDensity(tensor, mean: tensor, logVariance: tensor)
      expectClose(
        density ?? x, Self.logDensity(copy, copy, copy), relative: 1e-5, absolute: 1e-5)
    }
  }

  @Test func otherShapesAreLeftToOperators() {
    let (mean, x) = (Tensor.zeros([1, 3]), Tensor.ones([4, 3]))
    #expect(gaussianLogDensity(x, mean: mean, logVariance: mean) == nil)
    #expect(gaussianDraw(mean: mean, logVariance: mean, noise: x).shape == [4, 3])
  }

  /// The excess of e^x over 1 + x, where a difference of large numbers would leave nothing.
  @Test func smallVariancesAreExact() {
    let sizes = (0..<160).map { Float($0 - 80) } + [1e-4, -1e-4, 1e-3, 0.02, -0.3, 0.36, 88.5, 0]
    let logVariance = Tensor(sizes)
    let zero = Tensor.zeros(like: logVariance)
    guard let found = gaussianDivergence(mean: zero, logVariance: logVariance) else {
      Issue.record("expected a function for float32 on the CPU")
      return
    }
    let wide = logVariance.to(.float64)
    expectClose(
      found.to(.float64), Self.direct(zero.to(.float64), wide), relative: 2e-6, absolute: 1e-7)
    #expect(found.min().item() >= 0)
  }

  @Test func theEndsOfTheRange() {
    let logVariance = Tensor([Float(89), 1000, -1000, .nan])
    let found = gaussianDivergence(mean: Tensor.zeros([4]), logVariance: logVariance)
    let values = found?.scalars(as: Float.self) ?? []
    #expect(values.prefix(2).allSatisfy { $0 == .infinity })
    #expect(values[2] == 499.5)
    #expect(values[3].isNaN)
  }

  @Test func gradientsCanBeDifferentiated() {
    func curvature(_ dtype: DType) -> [Tensor] {
      let leaves = [Self.random([3, 4], 1), Self.random([3, 4], 2)]
        .map { $0.to(dtype).requiringGradient() }
      let noise = Self.random([3, 4], 3).to(dtype)
      let draw = gaussianDraw(mean: leaves[0], logVariance: leaves[1], noise: noise)
      let rate =
        gaussianDivergence(mean: leaves[0], logVariance: leaves[1])
        ?? Self.direct(leaves[0], leaves[1])
      let x = leaves[0] * leaves[1]
      let density =
        gaussianLogDensity(x, mean: leaves[0], logVariance: leaves[1])
        ?? Self.logDensity(x, leaves[0], leaves[1])
      let sum = (draw * draw * draw + rate * rate).sum() + (density * density).sum()
      let first = gradients(of: [sum], withRespectTo: leaves, createGraph: true)
      return gradients(
        of: [first.reduce(Tensor(0)) { $0 + squared($1).sum() }], withRespectTo: leaves)
    }
    for (a, e) in zip(curvature(.float32), curvature(.float64)) {
      expectClose(a.to(.float64), e, relative: 1e-4, absolute: 1e-3)
    }
  }

  @Test func noiseMayWantAGradient() {
    let leaves = (1...3).map { Self.random([5], $0).to(.float32).requiringGradient() }
    let draw = gaussianDraw(mean: leaves[0], logVariance: leaves[1], noise: leaves[2])
    let slope = gradients(of: [draw.sum()], withRespectTo: [leaves[2]])[0]
    expectClose(slope, exp(0.5 * leaves[1].detached()), relative: 1e-5)
  }

  @Test func nothingLeaks() {
    expectNoTensorLeaks {
      let leaves = (1...2).map { Self.random([5], $0).to(.float32).requiringGradient() }
      let rate = gaussianDivergence(mean: leaves[0], logVariance: leaves[1]) ?? leaves[0]
      let draw = gaussianDraw(mean: leaves[0], logVariance: leaves[1], noise: Tensor.ones([5]))
      _ = gradients(of: [(rate + draw).sum()], withRespectTo: leaves)
    }
  }
}
