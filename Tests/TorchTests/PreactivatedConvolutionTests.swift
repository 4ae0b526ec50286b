import Testing
import Torch
import _TestSupport

/// w ∗ silu(groupNorm(x)) against the three operators in float64.
@Suite struct PreactivatedConvolutionTests {
  struct Sizes: Sendable, CustomTestStringConvertible {
    var images = 3
    var channels = 16
    var outputs = 24
    var groups = 4
    var side = 9
    var kernel = 3
    var bias = true
    /// Mean and spread of x.
    var mean = 0.0
    var spread = 1.0
    var testDescription: String {
      "\(images)×\(channels)→\(outputs), \(groups) groups, \(side), kernel \(kernel), \(mean) ± \(spread)"
    }
    var options: ConvolutionOptions {
      .init(stride: [1, 1], padding: [kernel / 2, kernel / 2], dilation: [1, 1])
    }
  }

  static let cases = [
    Sizes(), .init(bias: false), .init(images: 5, groups: 16, side: 7), .init(groups: 1),
    .init(images: 1, channels: 6, outputs: 1, groups: 3, side: 5),
    .init(kernel: 1), .init(side: 1), .init(mean: 30, spread: 0.5),
    .init(mean: -2, spread: 1e-4), .init(images: 33, channels: 32, outputs: 32, side: 3),
  ]

  static func inputs(_ sizes: Sizes, _ dtype: DType) -> [Tensor] {
    func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
      Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
    }
    let c = sizes.channels
    // Rounded before they part, since the normalisation of a small spread magnifies it.
    let x = (random([sizes.images, c, sizes.side, sizes.side], 1) * sizes.spread + sizes.mean)
    let weight = 0.1 * random([sizes.outputs, c, sizes.kernel, sizes.kernel], 4)
    // γ of some size takes SiLU to both of its ends.
    let all = [x, 20 * random([c], 2), random([c], 3), weight] + [random([sizes.outputs], 5)]
    return all.prefix(sizes.bias ? 5 : 4).map {
      $0.to(.float32).to(dtype).detached().requiringGradient()
    }
  }

  static func apply(_ sizes: Sizes, _ all: [Tensor]) -> Tensor {
    preactivatedConvolution(
      all[0], groups: sizes.groups, scale: all[1], shift: all[2], epsilon: 1e-5, weight: all[3],
      bias: all.count > 4 ? all[4] : nil, options: sizes.options)
  }

  static func threeOperators(_ sizes: Sizes, _ all: [Tensor]) -> Tensor {
    let normal = groupNorm(all[0], groups: sizes.groups, scale: all[1], shift: all[2])
    return convolution(
      silu(normal), weight: all[3], bias: all.count > 4 ? all[4] : nil, options: sizes.options)
  }

  static func expectSame(_ found: Tensor, _ expected: Tensor, _ allowed: Double, _ what: String) {
    #expect(found.shape == expected.shape)
    let size = squared(expected).mean().item().squareRoot()
    #expect(abs(found.to(.float64) - expected).max().item() <= allowed * size, "\(what)")
  }

  @Test(arguments: cases) func equalsTheThreeOperators(_ sizes: Sizes) {
    let given = Self.inputs(sizes, .float32)
    let wide = Self.inputs(sizes, .float64)
    let found = Self.apply(sizes, given)
    let expected = Self.threeOperators(sizes, wide)
    // In float32 a mean far from zero takes digits away, from LibTorch's operator as well.
    let allowed = 1e-4 * (1 + Swift.abs(sizes.mean) / sizes.spread / 100)
    Self.expectSame(found, expected, allowed, "result")
    let weights = Tensor.randn(expected.shape, using: Generator(seed: 6), dtype: .float64)
    let first = gradients(of: [(found * weights.to(.float32)).sum()], withRespectTo: given)
    let second = gradients(of: [(expected * weights).sum()], withRespectTo: wide)
    #expect(first.count == second.count)
    for (index, (own, theirs)) in zip(first, second).enumerated() where sizes.side > 1 || index > 0
    {
      Self.expectSame(own, theirs, 10 * allowed, "gradient \(index)")
    }
  }

  /// Under autocast but for rounding to bfloat16's 8 bits, in the root mean square.
  @Test(arguments: cases.filter { $0.mean == 0 && $0.side > 1 })
  func inBFloat16ItIsNear(_ sizes: Sizes) {
    let given = Self.inputs(sizes, .float32)
    let wide = Self.inputs(sizes, .float64)
    let found = withAutocast(to: .bfloat16) { Self.apply(sizes, given) }
    let expected = Self.threeOperators(sizes, wide)
    #expect(found.dtype == .bfloat16)
    let first = gradients(of: [squared(found.to(.float32)).sum()], withRespectTo: given)
    let second = gradients(of: [squared(expected).sum()], withRespectTo: wide)
    #expect(first.allSatisfy { $0.dtype == .float32 })
    for (index, (own, theirs)) in zip([found] + first, [expected] + second).enumerated() {
      #expect(own.shape == theirs.shape)
      let difference = squared(own.to(.float64) - theirs).mean().item().squareRoot()
      let size = squared(theirs).mean().item().squareRoot()
      #expect(difference < 0.05 * size, "result \(index): \(difference / size)")
    }
  }

  @Test(arguments: [false, true]) func secondDerivativesInBFloat16AreThere(_ hasBias: Bool) {
    let all = Self.inputs(Sizes(bias: hasBias), .float32)
    let result = withAutocast(to: .bfloat16) { Self.apply(Sizes(bias: hasBias), all) }
    let first = gradients(
      of: [squared(result.to(.float32)).sum()], withRespectTo: all, createGraph: true)
    let second = gradients(of: [squared(first[0]).sum()], withRespectTo: [all[0]])[0]
    #expect(second.isDefined && second.isFinite.all().integerItem() == 1)
  }

  @Test func gradientsCanBeDifferentiated() {
    let sizes = Sizes()
    func second(_ dtype: DType) -> [Tensor] {
      let all = Self.inputs(sizes, dtype)
      let first = gradients(
        of: [squared(Self.apply(sizes, all)).sum()], withRespectTo: all, createGraph: true)
      return gradients(of: [squared(first[0]).sum()], withRespectTo: all)
    }
    for (found, expected) in zip(second(.float32), second(.float64)) where expected.isDefined {
      Self.expectSame(found, expected, 1e-3, "second derivative")
    }
  }

  /// x is kept and neither what is normalised nor what SiLU makes of it.
  @Test func theDerivativeKeepsItsInputAlone() throws {
    let sizes = Sizes(images: 8, channels: 32, outputs: 8, side: 32)
    let all = Self.inputs(sizes, .float32)
    let meter = try WorkMeter()
    func kept(_ layer: @escaping (Sizes, [Tensor]) -> Tensor) -> Int {
      var results: [Tensor] = []
      // The second in a chain frees what the first does not keep.
      let work = meter.count {
        for _ in 0..<4 { results.append(layer(sizes, all)) }
      }
      return work.peakBytes
    }
    let x = 8 * 32 * 32 * 32 * 4
    #expect(kept(Self.threeOperators) - kept(Self.apply) > 5 * x)
  }

  @Test func anotherNumberOfGroupsIsRefused() {
    var sizes = Sizes()
    sizes.groups = 5
    #expect(throws: TorchError.self) {
      try withTorchErrors { Self.apply(sizes, Self.inputs(sizes, .float32)) }
    }
  }

  @Test func nothingLeaks() {
    expectNoTensorLeaks {
      let all = Self.inputs(Sizes(), .float32)
      _ = gradients(of: [Self.apply(Sizes(), all).sum()], withRespectTo: all)
    }
  }
}
