import CTorch
import Testing
import Torch

/// Convolutions as sums over shifted pictures against LibTorch's in float64.
@Suite struct DirectConvolutionTests {
  static let cases: [ConvolutionCase] = [
    // Few channels, sizes that vectors do and do not divide.
    .init(inputs: 1, outputs: 32, size: [16, 64], stride: 2),
    .init(inputs: 1, outputs: 9, size: [17, 29]),
    .init(inputs: 3, outputs: 20, size: [14, 35], stride: 2, padding: [0, 2]),
    .init(images: 5, inputs: 4, outputs: 33, size: [15, 33], stride: 2, side: 5, padding: [2, 1]),
    .init(inputs: 2, outputs: 8, size: [13, 27], side: 7, padding: [3, 5]),
    .init(inputs: 2, outputs: 8, size: [26, 31], stride: 2, side: 2, padding: [0, 0]),
    .init(inputs: 2, outputs: 8, size: [30, 28], stride: 2, side: 3, padding: [2, 3]),
    .init(inputs: 24, outputs: 1, size: [12, 28]),
    .init(inputs: 17, outputs: 3, size: [20, 36], stride: 2, side: 5, padding: [1, 2]),
    // Kernels of one point.
    .init(images: 3, inputs: 20, outputs: 33, size: [16, 17], side: 1, padding: [0, 0]),
    .init(inputs: 33, outputs: 7, size: [3, 2], side: 1, padding: [0, 0]),
    .init(images: 1, inputs: 1, outputs: 1, size: [30, 31], side: 1, padding: [0, 0]),
  ]

  @Test(arguments: cases, [false, true])
  func equalsALibTorchSum(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    sizes.expectNearFloat64(isTransposed: isTransposed, limit: 2e-5)
  }

  @Test(.enabled(if: ct_winograd_takes_bfloat16()), arguments: cases, [false, true])
  func inBFloat16ItIsNear(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    sizes.expectNearInBFloat16(isTransposed: isTransposed, typical: 0.01, worst: 0.1)
  }

  @Test(arguments: cases, [false, true])
  func rectifiedIsReluBehind(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    sizes.expectRectifiedIsReluBehind(isTransposed: isTransposed)
  }

  /// What the other tests compare is really these kernels, which take no look at other channels: LibTorch's sums round otherwise.
  @Test func itIsTakenWhereItPays() {
    func isTaken(_ sizes: ConvolutionCase) -> Bool {
      ownConvolution(
        Tensor.zeros([sizes.images, sizes.inputs] + sizes.size),
        Tensor.zeros([sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel]), nil, sizes.options)
        != nil
    }
    let taken = Self.cases.filter(isTaken)
    #expect(taken.count == (ct_winograd_is_available() ? Self.cases.count : 0))
    #expect(!isTaken(.init(inputs: 12, outputs: 12, size: [32, 32], side: 5)))
    #expect(!isTaken(.init(inputs: 1, outputs: 32, size: [64, 64], stride: 3, side: 5)))
  }

  /// What is not a number stays where it is: rows and pictures beside it do not see it.
  @Test(arguments: [1, 2]) func nothingSpreads(_ stride: Int) {
    let sizes = ConvolutionCase(
      images: 3, inputs: 1, outputs: 8, size: [20, 40], stride: stride, side: 2 * stride,
      padding: [0, 0])
    var x = ConvolutionCase.random([3, 1, 20, 40], 1).to(.float32)
    x = concatenated([x[..<1], Tensor.full([1, 1, 20, 40], Double.nan), x[2...]])
    let weight = ConvolutionCase.random([8, 1, 2 * stride, 2 * stride], 2).to(.float32)
    let found = sizes.apply([x, weight], isTransposed: false)
    #expect(found[1].isNaN.all().integerItem() == 1)
    #expect(found[0].isFinite.all().integerItem() == 1)
    #expect(found[2].isFinite.all().integerItem() == 1)
  }

  @Test(arguments: cases.filter { $0.images == 4 }, [false, true])
  func gradientsCanBeDifferentiated(_ sizes: ConvolutionCase, _ isTransposed: Bool) {
    func second(_ dtype: DType) -> [Tensor] {
      let channels = isTransposed ? sizes.outputs : sizes.inputs
      let x = ConvolutionCase.random([4, channels] + sizes.size, 1).to(dtype).requiringGradient()
      let weight =
        (0.1
        * ConvolutionCase.random([sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel], 2))
        .to(dtype).detached().requiringGradient()
      let result = sizes.apply([x, weight], isTransposed: isTransposed, isRectified: true)
      let first = gradients(
        of: [squared(result).sum()], withRespectTo: [x, weight], createGraph: true)
      return gradients(
        of: [squared(first[0]).sum() + squared(first[1]).sum()], withRespectTo: [x, weight])
    }
    for (found, expected) in zip(second(.float32), second(.float64)) {
      #expect(ConvolutionCase.worst(found, expected) < 1e-3)
    }
  }
}
