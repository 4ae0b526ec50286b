import Testing
import Torch
import TorchRaw
import _TestSupport

@Suite struct TensorTests {
  @Test func descriptionsShowShapeTypeDeviceAndEnds() {
    #expect("\(Tensor([1.0, 2.0, 3.0]))" == "Tensor [3] float32 cpu [1.0, 2.0, 3.0]")
    #expect("\(Tensor([true, false], shape: [2, 1]))" == "Tensor [2, 1] bool cpu [true, false]")
    #expect("\(Tensor(2.5, dtype: .float64))" == "Tensor [] float64 cpu [2.5]")
    #expect("\(Tensor.zeros([0, 2], dtype: .int32))" == "Tensor [0, 2] int32 cpu []")
    let long = "Tensor [100] int64 cpu [0, 1, 2, 3, 4, 5, …, 94, 95, 96, 97, 98, 99]"
    #expect("\(Tensor.arange(100))" == long)
    let text = try? withTorchErrors { "\(Tensor.zeros([2], dtype: .complex64))" }
    #expect(text == "Tensor [2] complex64 cpu")
  }

  @Test(arguments: [DType.float16, .bfloat16])
  func halfTypesRoundAndCalculate(_ dtype: DType) throws {
    let epsilon = try #require(dtype.epsilon)
    let one = Tensor.ones([1], dtype: dtype)
    #expect((one + epsilon).to(.float64).item() == 1 + epsilon)
    #expect((one + epsilon / 4).to(.float64).item() == 1)
    let g = Generator(seed: 2)
    let (a, b) = (Tensor.randn([4, 3], using: g), Tensor.randn([3, 2], using: g))
    let product = matmul(a.to(dtype), b.to(dtype))
    #expect(product.dtype == dtype)
    expectClose(
      product.to(.float32), matmul(a, b), relative: 16 * epsilon, absolute: 16 * epsilon)
    expectClose(softmax(a.to(dtype)).to(.float32), softmax(a), absolute: 4 * epsilon)
    #expect(a.to(dtype).scalars(as: Float.self).count == 12)
    expectClose(a.to(dtype).sum(), a.sum().to(dtype), relative: 0.1, absolute: 0.05)
  }

  @Test func numbersComeOutInTheTypeThatIsAskedFor() {
    let x = Tensor([1.9, -1.9, 0])
    #expect(x.scalars(as: Int.self) == [1, -1, 0])
    #expect(x.scalars(as: Bool.self) == [true, true, false])
    #expect(x.scalars(as: Float.self) == [1.9, -1.9, 0])
    let big = Tensor([1 << 53 | 1])[0]
    #expect(big.integerItem() == 1 << 53 | 1)
    #expect(Tensor([true], shape: []).item() == 1)
  }

  @Test func bytesAreThoseOfTheElements() {
    let x = Tensor([[1, 2], [3, 4]]).transposed()
    let numbers = x.withUnsafeBytes { Array($0.bindMemory(to: Float.self)) }
    #expect(numbers == [1, 3, 2, 4])
    let empty = Tensor.zeros([0]).withUnsafeBytes { $0.count }
    #expect(empty == 0)
  }

  @Test func equalityAsksForShapeTypeAndElements() {
    let x = Tensor([1.0, 2.0])
    #expect(x.isEqual(to: x.cloned()))
    #expect(!x.isEqual(to: x.to(.float64)))
    #expect(!x.isEqual(to: x.reshaped([1, 2])))
    #expect(!x.isEqual(to: x + 1))
  }

  @Test func conversionToTheSameTypeOrPlaceIsTheTensorItself() {
    let x = Tensor([1.0])
    #expect(x.to(.float32).handle === x.handle && x.to(Device.cpu).handle === x.handle)
    #expect(x.to(.float64).dtype == .float64)
    #expect(x.cloned().handle !== x.handle)
  }

  @Test func autocastLowersProductsInsideItsScope() {
    let x = Tensor.ones([2, 2])
    let product = withAutocast(to: .bfloat16) { matmul(x, x) }
    #expect(product.dtype == .bfloat16)
    let types = withAutocast(to: .bfloat16) {
      let inner = withAutocast(to: nil) { matmul(x, x).dtype }
      let half = withAutocast(to: .float16) { matmul(x, x).dtype }
      return [inner, half, matmul(x, x).dtype]
    }
    #expect(types == [.float32, .float16, .bfloat16])
    #expect(matmul(x, x).dtype == .float32)
  }

  /// Convolutions are products; one whose input is lowered already takes its weight along.
  @Test(arguments: [false, true]) func autocastLowersConvolutions(isTransposed: Bool) {
    let (x, weight) = (Tensor.ones([1, 2, 4, 4]), Tensor.ones([2, 2, 3, 3]))
    let options = ConvolutionOptions(stride: [1, 1], padding: [1, 1], dilation: [1, 1])
    func convolved(_ x: Tensor, _ weight: Tensor) -> Tensor {
      isTransposed
        ? transposedConvolution(x, weight: weight, options: options)
        : convolution(x, weight: weight, options: options)
    }
    let types = withAutocast(to: .bfloat16) {
      let once = convolved(x, weight)
      return [
        once.dtype, convolved(once, weight).dtype,
        convolved(x.to(.float64), weight.to(.float64)).dtype,
      ]
    }
    #expect(types == [.bfloat16, .bfloat16, .float64])
    #expect(convolved(x, weight).dtype == .float32)
  }
}
