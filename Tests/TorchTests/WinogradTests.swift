import CTorch
import Testing
import Torch
import _TestSupport

/// Sizes of a convolution, from the pictures to the small side.
struct WinogradCase: Sendable, CustomTestStringConvertible {
  var images = 4
  var inputs = 16
  var outputs = 16
  var size = [9, 11]
  var stride = 1
  var padding = [1, 1]
  var outputPadding = [0, 0]

  var options: ConvolutionOptions {
    .init(
      stride: [stride, stride], padding: padding, dilation: [1, 1], outputPadding: outputPadding)
  }
  var kernel: Int { stride == 1 ? 3 : 4 }
  var testDescription: String {
    "\(images)×\(inputs)→\(outputs), \(size), stride \(stride), padding \(padding), \(outputPadding)"
  }
}

/// Convolutions by Winograd's algorithm against LibTorch's in float64.
@Suite struct WinogradTests {
  static let cases = [
    WinogradCase(),
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

  static func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  /// y or, with `isTransposed`, x of the case, and the gradients of Σ w · result for a fixed w.
  static func results(
    _ sizes: WinogradCase, isTransposed: Bool, _ dtype: DType, bias: Bool = true
  ) -> [Tensor] {
    let (inputs, outputs) = (sizes.inputs, sizes.outputs)
    let x = random([sizes.images, isTransposed ? outputs : inputs] + sizes.size, 1)
    let scale = 1 / Double((isTransposed ? outputs : inputs) * sizes.kernel * sizes.kernel)
    let weight = random([outputs, inputs, sizes.kernel, sizes.kernel], 2) * scale.squareRoot()
    let shift = random([isTransposed ? inputs : outputs], 3)
    var leaves = [x, weight, shift].map { $0.to(dtype).detached().requiringGradient() }
    if !bias { leaves.removeLast() }
    let result = apply(sizes, isTransposed: isTransposed, leaves)
    let loss = (result * random(result.shape, 4).to(dtype)).sum()
    return [result] + gradients(of: [loss], withRespectTo: leaves)
  }

  static func apply(_ sizes: WinogradCase, isTransposed: Bool, _ given: [Tensor]) -> Tensor {
    let bias = given.count > 2 ? given[2] : nil
    return isTransposed
      ? transposedConvolution(given[0], weight: given[1], bias: bias, options: sizes.options)
      : convolution(given[0], weight: given[1], bias: bias, options: sizes.options)
  }

  /// The largest difference, in units of the expected values' root mean square.
  static func worst(_ found: Tensor, _ expected: Tensor) -> Double {
    let difference = abs(found.to(.float64) - expected).max().item()
    return difference / squared(expected).mean().item().squareRoot()
  }

  /// The difference's root mean square in these units.
  static func typical(_ found: Tensor, _ expected: Tensor) -> Double {
    let difference = squared(found.to(.float64) - expected).mean().item()
    return (difference / squared(expected).mean().item()).squareRoot()
  }

  @Test(arguments: cases, [false, true])
  func equalsADirectSum(_ sizes: WinogradCase, _ isTransposed: Bool) {
    for bias in [false, true] {
      let found = Self.results(sizes, isTransposed: isTransposed, .float32, bias: bias)
      let expected = Self.results(sizes, isTransposed: isTransposed, .float64, bias: bias)
      #expect(found.count == expected.count)
      for (index, (a, e)) in zip(found, expected).enumerated() {
        #expect(a.shape == e.shape)
        #expect(Self.worst(a, e) < 3e-5, "result \(index)")
      }
    }
  }

  /// Under autocast too, but for the rounding of bfloat16's 8 bits, to pictures and to the transforms' numbers.
  @Test(.enabled(if: ct_winograd_takes_bfloat16()), arguments: cases, [false, true])
  func inBFloat16ItIsNear(_ sizes: WinogradCase, _ isTransposed: Bool) {
    let found = withAutocast(to: .bfloat16) {
      Self.results(sizes, isTransposed: isTransposed, .float32)
    }
    let expected = Self.results(sizes, isTransposed: isTransposed, .float64)
    #expect(found[1...].allSatisfy { $0.dtype == .float32 })
    for (index, (a, e)) in zip(found, expected).enumerated() {
      #expect(a.shape == e.shape)
      #expect(Self.typical(a, e) < 0.02, "result \(index)")
      #expect(Self.worst(a, e) < 0.2, "result \(index)")
    }
  }

  /// What the other tests compare is really this algorithm where the processor has it.
  @Test func itIsTakenWhereItPaysAndNowhereElse() {
    let isAvailable = ct_winograd_is_available()
    func isTaken(_ sizes: WinogradCase, _ dtype: DType = .float32, dilation: Int = 1) -> Bool {
      let x = Tensor.zeros([sizes.images, sizes.inputs] + sizes.size, dtype: dtype)
      let weight = Tensor.zeros(
        [sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel], dtype: dtype)
      var options = sizes.options
      options.dilation = [dilation, dilation]
      return winogradConvolution(x, weight, nil, options) != nil
    }
    for sizes in Self.cases where sizes.stride == 1 || sizes.inputs >= 16 {
      #expect(isTaken(sizes) == isAvailable, "\(sizes.testDescription)")
    }
    #expect(!isTaken(WinogradCase(), .float64))
    #expect(!isTaken(WinogradCase(), dilation: 2))
    #expect(!isTaken(WinogradCase(inputs: 1)))
    #expect(!isTaken(WinogradCase(images: 1, size: [4, 4])))
    #expect(!isTaken(WinogradCase(images: 0)))
    withAutocast(to: .bfloat16) {
      #expect(isTaken(WinogradCase()) == ct_winograd_takes_bfloat16())
      #expect(!isTaken(WinogradCase(), .bfloat16), "weights are float32")
    }
    withAutocast(to: .float16) { #expect(!isTaken(WinogradCase())) }
  }

  /// A picture's result does not depend on the batch that it comes in, to the last bit.
  @Test(arguments: cases.filter { $0.images > 3 }, [false, true])
  func picturesDoNotMeet(_ sizes: WinogradCase, _ isTransposed: Bool) {
    let channels = isTransposed ? sizes.outputs : sizes.inputs
    var more = sizes
    more.images = 32
    let x = Self.random([more.images, channels] + sizes.size, 5).to(.float32)
    let weight = Self.random([sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel], 6)
    let all = Self.apply(more, isTransposed: isTransposed, [x, weight.to(.float32)])
    let half = Self.apply(more, isTransposed: isTransposed, [x[16...], weight.to(.float32)])
    #expect((all[16...] .== half).all().integerItem() == 1)
  }

  @Test(arguments: [false, true]) func threadsShareTheWork(_ isTransposed: Bool) {
    let sizes = WinogradCase(images: 13, inputs: 24, outputs: 32, size: [15, 13])
    var found: [[Tensor]] = []
    for threads in [Int32(1), 3] {
      ct_set_threads(threads)
      found.append(Self.results(sizes, isTransposed: isTransposed, .float32))
    }
    ct_set_threads(1)
    #expect((found[0][0] .== found[1][0]).all().integerItem() == 1, "outputs")
    for (one, three) in zip(found[0], found[1]) {
      #expect(Self.worst(one, three.to(.float64)) < 1e-5)
    }
  }

  @Test(arguments: [1, 2]) func layoutsDoNotMatter(_ stride: Int) {
    let sizes = WinogradCase(size: [12, 14], stride: stride)
    let weight = Self.random([16, 16, sizes.kernel, sizes.kernel], 7).to(.float32)
    let turned = Self.random([4, 14, 12, 16], 8).to(.float32).permuted([0, 3, 2, 1])
    expectClose(
      Self.apply(sizes, isTransposed: false, [turned, weight]),
      Self.apply(sizes, isTransposed: false, [turned.contiguous(), weight]),
      relative: 0, absolute: 0)
  }

  /// Where inputs and gradients never meet, the weight's gradient is nothing and not what rounding leaves: Adam would divide
  /// it by its own size.
  @Test(arguments: [1, 2], [DType.float32, .bfloat16])
  func nothingStaysNothing(_ stride: Int, _ precision: DType) {
    let sizes = WinogradCase(images: 8, inputs: 16, outputs: 32, size: [18, 18], stride: stride)
    func rows(_ count: Int) -> Tensor {
      Tensor((0..<count).map(Float.init)).reshaped([1, 1, count, 1])
    }
    let upper = (rows(18) .< 9).to(.float32)
    let x = (Self.random([8, 16, 18, 18], 1).to(.float32) + 1) * upper
    let kernel = [32, 16, sizes.kernel, sizes.kernel]
    let weight = Self.random(kernel, 2).to(.float32).requiringGradient()
    func apply() -> Tensor {
      withAutocast(to: precision == .float32 ? nil : precision) {
        Self.apply(sizes, isTransposed: false, [x, weight]).to(.float32)
      }
    }
    let result = apply()
    let lower = (rows(result.size(2)) .>= (stride == 1 ? 10 : 5)).to(.float32)
    let loss = (result * lower * Self.random(result.shape, 3).to(.float32)).sum()
    let found = gradients(of: [loss], withRespectTo: [weight])[0]
    #expect(abs(found).max().item() == 0)
    let whole = gradients(
      of: [apply().sum()], withRespectTo: [weight])[0]
    #expect((whole .!= 0).all().integerItem() == 1)
  }

  /// The gradient of a gradient's square, where LibTorch's operators are recorded.
  @Test(arguments: cases.filter { $0.images == 4 }, [false, true])
  func gradientsCanBeDifferentiated(_ sizes: WinogradCase, _ isTransposed: Bool) {
    func second(_ dtype: DType) -> [Tensor] {
      let channels = isTransposed ? sizes.outputs : sizes.inputs
      let x = Self.random([sizes.images, channels] + sizes.size, 1).to(dtype).requiringGradient()
      let kernel = [sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel]
      let weight = (0.1 * Self.random(kernel, 2)).to(dtype).detached().requiringGradient()
      let loss = squared(Self.apply(sizes, isTransposed: isTransposed, [x, weight])).sum()
      let first = gradients(of: [loss], withRespectTo: [x, weight], createGraph: true)
      return gradients(
        of: [squared(first[0]).sum() + squared(first[1]).sum()], withRespectTo: [x, weight])
    }
    for (found, expected) in zip(second(.float32), second(.float64)) {
      #expect(Self.worst(found, expected) < 1e-4)
    }
  }

  @Test func forwardModeIsLibTorchs() {
    let sizes = WinogradCase()
    let x = Self.random([4, 16, 9, 11], 1).to(.float32)
    let weight = Self.random([16, 16, 3, 3], 2).to(.float32)
    let along = Self.random([4, 16, 9, 11], 3).to(.float32)
    let (_, found) = jacobianVectorProduct(at: x, tangent: along) {
      Self.apply(sizes, isTransposed: false, [$0, weight])
    }
    expectClose(
      found, Self.apply(sizes, isTransposed: false, [along, weight]), relative: 1e-4,
      absolute: 1e-4)
  }

  /// Wrong sizes are told by LibTorch's operator, which names both.
  @Test func wrongChannelsAreRefused() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        convolution(
          Tensor.zeros([4, 16, 9, 9]), weight: Tensor.zeros([16, 17, 3, 3]),
          options: WinogradCase().options)
      }
    }
  }

  @Test func nothingLeaks() {
    expectNoTensorLeaks {
      for stride in [1, 2] {
        for isTransposed in [false, true] {
          _ = Self.results(
            WinogradCase(size: [12, 12], stride: stride), isTransposed: isTransposed, .float32)
        }
      }
    }
  }
}
