import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

typealias Conv = ConvolutionConfiguration
typealias Transposed = TransposedConvolutionConfiguration

@Suite struct ConvolutionTests {
  static let cases = [
    UnaryCase("conv1d.plain") { Conv1d(2, 3, kernel: 3, using: $0) },
    UnaryCase("conv1d.strideDilationGroups") {
      let options = Conv(
        inputs: 4, outputs: 6, kernel: 3, stride: 2, padding: 2, dilation: 2, groups: 2,
        bias: false)
      return Conv1d(options, using: $0)
    },
    UnaryCase("conv1d.same") { Conv1d(2, 3, kernel: 4, padding: .same, using: $0) },
    UnaryCase("conv2d.plain", dtypes: [.float32, .float64, .bfloat16]) {
      Conv2d(2, 3, kernel: 3, using: $0)
    },
    UnaryCase("conv2d.stridePadding") {
      Conv2d(3, 4, kernel: 4, stride: 2, padding: 1, using: $0)
    },
    UnaryCase("conv2d.pairs") {
      let options = Conv(
        inputs: 2, outputs: 4, kernel: [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 2])
      return Conv2d(options, using: $0)
    },
    UnaryCase("conv2d.depthwise") {
      let options = Conv(inputs: 4, outputs: 8, kernel: 3, padding: 1, groups: 4, bias: false)
      return Conv2d(options, using: $0)
    },
    UnaryCase("conv2d.same") { Conv2d(2, 2, kernel: [3, 4], padding: .same, using: $0) },
    UnaryCase("conv2d.sameDilated") {
      Conv2d(Conv(inputs: 2, outputs: 2, kernel: 3, padding: .same, dilation: 2), using: $0)
    },
    UnaryCase("conv2d.reflect") { bordered(.reflect, $0) },
    UnaryCase("conv2d.replicate") { bordered(.replicate, $0) },
    UnaryCase("conv2d.circular") { bordered(.circular, $0) },
    UnaryCase("conv2d.emptyBatch") { Conv2d(2, 3, kernel: 3, padding: 1, using: $0) },
    UnaryCase("conv2d.unbatched") { Conv2d(2, 3, kernel: 3, using: $0) },
    UnaryCase("conv2d.oneByOne") { Conv2d(3, 5, kernel: 1, using: $0) },
    UnaryCase("conv3d.plain") { Conv3d(2, 3, kernel: 2, using: $0) },
    UnaryCase("conv3d.strideGroups") {
      let options = Conv(
        inputs: 2, outputs: 4, kernel: [2, 3, 2], stride: [1, 2, 1], padding: [0, 1, 1], groups: 2,
        bias: false)
      return Conv3d(options, using: $0)
    },
  ]

  static func bordered(_ border: Conv.Border, _ generator: Generator) -> Conv2d {
    Conv2d(
      Conv(inputs: 2, outputs: 2, kernel: 3, padding: [1, 2], border: border), using: generator)
  }

  @Test(arguments: cases) func equalsPyTorch(_ layer: UnaryCase) throws { try layer.check() }
}

@Suite struct TransposedConvolutionTests {
  static let cases = [
    UnaryCase("convTranspose1d.plain") { ConvTranspose1d(2, 3, kernel: 3, using: $0) },
    UnaryCase("convTranspose1d.outputPadding") {
      let options = Transposed(
        inputs: 4, outputs: 6, kernel: 3, stride: 3, padding: 1, outputPadding: 2, dilation: 2,
        groups: 2, bias: false)
      return ConvTranspose1d(options, using: $0)
    },
    UnaryCase("convTranspose2d.doubling") {
      ConvTranspose2d(3, 2, kernel: 4, stride: 2, padding: 1, using: $0)
    },
    UnaryCase("convTranspose2d.outputPadding") {
      let options = Transposed(
        inputs: 4, outputs: 2, kernel: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2)
      return ConvTranspose2d(options, using: $0)
    },
    UnaryCase("convTranspose2d.pairs") {
      let options = Transposed(
        inputs: 2, outputs: 3, kernel: [3, 2], stride: [2, 1], padding: [1, 0],
        outputPadding: [1, 0], dilation: [1, 2], bias: false)
      return ConvTranspose2d(options, using: $0)
    },
    UnaryCase("convTranspose2d.emptyBatch") {
      ConvTranspose2d(2, 3, kernel: 3, stride: 2, using: $0)
    },
    UnaryCase("convTranspose3d.plain") {
      ConvTranspose3d(
        2, 2, kernel: [2, 3, 2], stride: [1, 2, 1], padding: [0, 1, 0], outputPadding: [0, 1, 0],
        using: $0)
    },
  ]

  @Test(arguments: cases) func equalsPyTorch(_ layer: UnaryCase) throws { try layer.check() }

  /// One output channel is computed in another way than two: it is each of two that are the same.
  @Test(arguments: [
    Transposed(inputs: 5, outputs: 1, kernel: 4, stride: 2, padding: 1),
    Transposed(inputs: 3, outputs: 1, kernel: 3, stride: 2, padding: 1, outputPadding: 1),
    Transposed(
      inputs: 2, outputs: 1, kernel: [3, 2], stride: [3, 1], padding: [1, 0],
      outputPadding: [2, 0], dilation: [1, 2]),
    Transposed(inputs: 4, outputs: 1, kernel: 1, bias: false),
    Transposed(inputs: 2, outputs: 1, kernel: 3, outputPadding: 1, dilation: 2),
  ])
  func oneChannelIsHalfOfTwo(_ configuration: Transposed) throws {
    let generator = Generator(seed: 11)
    let one = ConvTranspose2d(configuration, using: generator)
    var pair = configuration
    pair.outputs = 2
    let two = ConvTranspose2d(pair, using: generator)
    one.to(.float64)
    two.to(.float64)
    try two.load(one.state.mapValues { concatenated([$0, $0], dim: $0.rank == 1 ? 0 : 1) })
    let x = Tensor.randn([3, configuration.inputs, 5, 4], using: generator, dtype: .float64)
    let expected = two(x)[.all, 0..<1]
    expectClose(one(x), expected)
    let seed = Tensor.randn(expected.shape, using: generator, dtype: .float64)
    expectClose(
      gradient(at: x) { (one($0) * seed).sum() },
      gradient(at: x) { (two($0)[.all, 0..<1] * seed).sum() })
    let own = valueAndGradient(of: one) { ($0(x) * seed).sum() }.gradients
    let half = valueAndGradient(of: two) { ($0(x)[.all, 0..<1] * seed).sum() }.gradients
    let weights = (try #require(own["weight"]), try #require(half["weight"]))
    expectClose(weights.0, weights.1[.all, 0..<1])
  }

  /// ⟨conv(x), y⟩ = ⟨x, convᵀ(y)⟩ with the same weight.
  @Test func isTheAdjointOfTheConvolution() throws {
    let generator = Generator(seed: 5)
    let down = Conv2d(
      Conv(inputs: 3, outputs: 4, kernel: 4, stride: 2, padding: 1, bias: false), using: generator)
    let up = ConvTranspose2d(
      Transposed(inputs: 4, outputs: 3, kernel: 4, stride: 2, padding: 1, bias: false),
      using: generator)
    down.to(.float64)
    up.to(.float64)
    try up.load(down.state)
    let x = Tensor.randn([2, 3, 8, 8], using: generator, dtype: .float64)
    let y = Tensor.randn([2, 4, 4, 4], using: generator, dtype: .float64)
    expectClose((down(x) * y).sum(), (x * up(y)).sum())
  }
}
