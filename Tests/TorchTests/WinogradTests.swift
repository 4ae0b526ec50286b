import CTorch
import Testing
import Torch
import _TestSupport

/// Convolutions by Winograd's algorithm against LibTorch's in float64.
@Suite struct WinogradTests {
  static let cases = [
    ConvolutionCase(),
    .init(inputs: 17, outputs: 33, padding: [0, 0]),
    .init(inputs: 40, outputs: 8, size: [16, 28]),
    .init(inputs: 8, outputs: 96, size: [7, 7], padding: [1, 0]),
    .init(images: 20, size: [3, 3]),
    .init(images: 20, size: [2, 1]),
    .init(size: [5, 6], padding: [2, 3]),
    .init(images: 1, inputs: 64, outputs: 64, size: [28, 28]),
    .init(size: [12, 16], stride: 2),
    .init(images: 8, inputs: 20, outputs: 24, size: [13, 9], stride: 2),
    .init(images: 8, size: [12, 14], stride: 2, padding: [0, 3]),
    .init(images: 16, inputs: 3, outputs: 32, size: [11, 10], stride: 2, padding: [2, 1]),
    .init(images: 20, inputs: 64, outputs: 64, size: [8, 8], stride: 2),
    .init(images: 9, inputs: 32, outputs: 20, size: [16, 16], stride: 2, outputPadding: [1, 0]),
  ]

  @Test(arguments: cases, [false, true])
  func equalsADirectSum(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    sizes.expectNearFloat64(isTransposed: isTransposed, limit: 3e-5)
  }

  /// Under autocast too, but for the rounding of bfloat16's 8 bits, to pictures and to the transforms' numbers.
  @Test(.enabled(if: ct_winograd_takes_bfloat16()), arguments: cases, [false, true])
  func inBFloat16ItIsNear(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    sizes.expectNearInBFloat16(isTransposed: isTransposed, typical: 0.02, worst: 0.2)
  }

  /// To the last bit what `relu` behind it gives, gradients too.
  @Test(arguments: cases, [false, true])
  func rectifiedIsReluBehind(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    sizes.expectRectifiedIsReluBehind(isTransposed: isTransposed)
  }

  /// What the other tests compare is really this algorithm where the processor has it.
  @Test func itIsTakenWhereItPaysAndNowhereElse() {
    let isAvailable = ct_winograd_is_available()
    func isTaken(_ sizes: ConvolutionCase, _ dtype: DType = .float32, dilation: Int = 1) -> Bool {
      let x = Tensor.zeros([sizes.images, sizes.inputs] + sizes.size, dtype: dtype)
      let weight = Tensor.zeros(
        [sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel], dtype: dtype)
      var options = sizes.options
      options.dilation = [dilation, dilation]
      return ownConvolution(x, weight, nil, options) != nil
    }
    for sizes in Self.cases where sizes.stride == 1 || sizes.inputs >= 16 {
      #expect(isTaken(sizes) == isAvailable, "\(sizes.testDescription)")
    }
    #expect(!isTaken(ConvolutionCase(), .float64))
    #expect(!isTaken(ConvolutionCase(), dilation: 2))
    #expect(!isTaken(ConvolutionCase(inputs: 1)), "too small for direct sums")
    #expect(!isTaken(ConvolutionCase(images: 1, size: [4, 4])))
    #expect(!isTaken(ConvolutionCase(images: 0)))
    withAutocast(to: .bfloat16) {
      #expect(isTaken(ConvolutionCase()) == ct_winograd_takes_bfloat16())
      #expect(!isTaken(ConvolutionCase(), .bfloat16), "weights are float32")
    }
    withAutocast(to: .float16) { #expect(!isTaken(ConvolutionCase())) }
  }

  /// A picture's result does not depend on the batch that it comes in, to the last bit.
  @Test(arguments: cases.filter { $0.images > 3 }, [false, true])
  func picturesDoNotMeet(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    let channels = isTransposed ? sizes.outputs : sizes.inputs
    var more = sizes
    more.images = 32
    let x = ConvolutionCase.random([more.images, channels] + sizes.size, 5).to(.float32)
    let weight = ConvolutionCase.random(
      [sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel], 6)
    let all = more.apply([x, weight.to(.float32)], isTransposed: isTransposed)
    let half = more.apply([x[16...], weight.to(.float32)], isTransposed: isTransposed)
    #expect((all[16...] .== half).all().integerItem() == 1)
  }

  @Test(arguments: [false, true]) func threadsShareTheWork(_ isTransposed: Bool) {
    let sizes = ConvolutionCase(images: 13, inputs: 24, outputs: 32, size: [15, 13])
    var found: [[Tensor]] = []
    for threads in [Int32(1), 3] {
      ct_set_threads(threads)
      found.append(sizes.results(isTransposed: isTransposed, .float32))
    }
    ct_set_threads(1)
    #expect((found[0][0] .== found[1][0]).all().integerItem() == 1, "outputs")
    for (one, three) in zip(found[0], found[1]) {
      #expect(ConvolutionCase.worst(one, three.to(.float64)) < 1e-5)
    }
  }

  @Test(arguments: [1, 2]) func layoutsDoNotMatter(_ stride: Int) {
    let sizes = ConvolutionCase(size: [12, 14], stride: stride)
    let weight = ConvolutionCase.random([16, 16, sizes.kernel, sizes.kernel], 7).to(.float32)
    let turned = ConvolutionCase.random([4, 14, 12, 16], 8).to(.float32).permuted([0, 3, 2, 1])
    expectClose(
      sizes.apply([turned, weight], isTransposed: false),
      sizes.apply([turned.contiguous(), weight], isTransposed: false),
      relative: 0, absolute: 0)
  }

  /// Where inputs and gradients never meet, the weight's gradient is nothing and not what rounding leaves: Adam would divide
  /// it by its own size.
  @Test(arguments: [1, 2], [DType.float32, .bfloat16])
  func nothingStaysNothing(_ stride: Int, _ precision: DType) {
    let sizes = ConvolutionCase(images: 8, inputs: 16, outputs: 32, size: [18, 18], stride: stride)
    func rows(_ count: Int) -> Tensor {
      Tensor((0..<count).map(Float.init)).reshaped([1, 1, count, 1])
    }
    let upper = (rows(18) .< 9).to(.float32)
    let x = (ConvolutionCase.random([8, 16, 18, 18], 1).to(.float32) + 1) * upper
    let kernel = [32, 16, sizes.kernel, sizes.kernel]
    let weight = ConvolutionCase.random(kernel, 2).to(.float32).requiringGradient()
    func apply() -> Tensor {
      withAutocast(to: precision == .float32 ? nil : precision) {
        sizes.apply([x, weight], isTransposed: false).to(.float32)
      }
    }
    let result = apply()
    let lower = (rows(result.size(2)) .>= (stride == 1 ? 10 : 5)).to(.float32)
    let loss = (result * lower * ConvolutionCase.random(result.shape, 3).to(.float32)).sum()
    let found = gradients(of: [loss], withRespectTo: [weight])[0]
    #expect(abs(found).max().item() == 0)
    let whole = gradients(
      of: [apply().sum()], withRespectTo: [weight])[0]
    #expect((whole .!= 0).all().integerItem() == 1)
  }

  /// The gradient of a gradient's square, where LibTorch's operators are recorded.
  @Test(arguments: cases.filter { $0.images == 4 }, [false, true])
  func gradientsCanBeDifferentiated(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    func second(_ dtype: DType) -> [Tensor] {
      let channels = isTransposed ? sizes.outputs : sizes.inputs
      let x = ConvolutionCase.random([sizes.images, channels] + sizes.size, 1).to(dtype)
        .requiringGradient()
      let kernel = [sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel]
      let weight = (0.1 * ConvolutionCase.random(kernel, 2)).to(dtype).detached()
        .requiringGradient()
      let loss = squared(sizes.apply([x, weight], isTransposed: isTransposed)).sum()
      let first = gradients(of: [loss], withRespectTo: [x, weight], createGraph: true)
      return gradients(
        of: [squared(first[0]).sum() + squared(first[1]).sum()], withRespectTo: [x, weight])
    }
    for (found, expected) in zip(second(.float32), second(.float64)) {
      #expect(ConvolutionCase.worst(found, expected) < 1e-4)
    }
  }

  @Test func forwardModeIsLibTorchs() {
    let sizes = ConvolutionCase()
    let x = ConvolutionCase.random([4, 16, 9, 11], 1).to(.float32)
    let weight = ConvolutionCase.random([16, 16, 3, 3], 2).to(.float32)
    let along = ConvolutionCase.random([4, 16, 9, 11], 3).to(.float32)
    let (_, found) = jacobianVectorProduct(at: x, tangent: along) {
      sizes.apply([$0, weight], isTransposed: false)
    }
    expectClose(
      found, sizes.apply([along, weight], isTransposed: false), relative: 1e-4,
      absolute: 1e-4)
  }

  /// Wrong sizes are told by LibTorch's operator, which names both.
  @Test func wrongChannelsAreRefused() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        convolution(
          Tensor.zeros([4, 16, 9, 9]), weight: Tensor.zeros([16, 17, 3, 3]),
          options: ConvolutionCase().options)
      }
    }
  }

  @Test func nothingLeaks() {
    expectNoTensorLeaks {
      for stride in [1, 2] {
        for isTransposed in [false, true] {
          _ = ConvolutionCase(size: [12, 12], stride: stride).results(
            isTransposed: isTransposed, .float32, isRectified: true)
        }
      }
    }
  }
}
