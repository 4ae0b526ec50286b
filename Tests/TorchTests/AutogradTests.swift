import Testing
import Torch
import _TestSupport

@Suite struct AutogradTests {
  @Test func gradientOfASumOfSquaresIsTwiceTheInput() {
    let x = Tensor([1.0, -2.0, 3.0], dtype: .float64)
    expectClose(gradient(at: x) { squared($0).sum() }, 2 * x)
  }

  @Test func gradientsMatchDifferences() {
    let g = Generator(seed: 1)
    let a = Tensor.randn([3, 4], using: g, dtype: .float64)
    let b = Tensor.randn([4, 2], using: g, dtype: .float64)
    expectGradientsMatchDifferences(at: [a, b]) { softplus(matmul(tanh($0[0]), $0[1])).sum() }
  }

  @Test func secondDerivativeOfACube() {
    let x = Tensor([2.0, -1.0], dtype: .float64)
    let second = gradient(at: x) { outer in
      gradient(at: outer, createGraph: true) { pow($0, 3).sum() }.sum()
    }
    expectClose(second, 6 * x)
  }

  @Test func unusedInputHasGradientZero() {
    let x = Tensor([1.0, 2.0])
    let y = Tensor([3.0])
    let found = valueAndGradient(at: [x, y]) { $0[0].sum() }.gradients
    expectClose(found[1], Tensor([0.0]))
  }

  @Test func forwardAndReverseProductsAgree() {
    let g = Generator(seed: 2)
    let x = Tensor.randn([5], using: g, dtype: .float64)
    let v = Tensor.randn([5], using: g, dtype: .float64)
    let w = Tensor.randn([5], using: g, dtype: .float64)
    func f(_ x: Tensor) -> Tensor { sin(x) * x.sum() }
    let jv = jacobianVectorProduct(at: x, tangent: v, f).product
    let vj = vectorJacobianProduct(at: x, vector: w, f).product
    expectClose((w * jv).sum(), (vj * v).sum())
  }

  @Test func noGraphInsideWithoutGradients() {
    let x = Tensor([1.0]).requiringGradient()
    #expect(!withoutGradients { x * 2 }.requiresGradient)
    #expect((x * 2).requiresGradient)
  }

  @Test func modeIsRestoredWhenTheBodyThrows() {
    struct Stop: Error {}
    #expect(throws: Stop.self) { try withoutGradients { throw Stop() } }
    #expect((Tensor([1.0]).requiringGradient() * 2).requiresGradient)
  }
}

@Suite struct CustomFunctionTests {
  /// x³ with its derivative written by hand.
  static let cube = CustomFunction(
    forward: { inputs in
      let x = inputs[0]
      return .init(outputs: [x * x * x], saving: [x])
    },
    backward: { saved, gradients in [gradients[0] * 3 * squared(saved[0])] })

  @Test func derivativeIsTheOneGiven() {
    let x = Tensor([1.0, 2.0, -3.0], dtype: .float64)
    expectGradientsMatchDifferences(at: [x]) { Self.cube($0[0])[0].sum() }
  }

  @Test func secondDerivativeGoesThroughBackward() {
    let x = Tensor([1.0, 2.0], dtype: .float64)
    let second = gradient(at: x) { outer in
      gradient(at: outer, createGraph: true) { Self.cube($0)[0].sum() }.sum()
    }
    expectClose(second, 6 * x)
  }

  @Test func wrongNumberOfGradientsIsAnError() {
    let wrong = CustomFunction(
      forward: { .init(outputs: [$0[0] * $0[1]]) }, backward: { _, g in [g[0]] })
    let x = Tensor([1.0])
    #expect {
      try withTorchErrors { valueAndGradient(at: [x, x]) { wrong($0[0], $0[1])[0].sum() } }
    } throws: {
      "\($0)" == "gradients of [] float32: backward gave 1 gradients for 2 inputs"
    }
  }

  @Test func nothingIsLeftAlive() {
    expectNoTensorLeaks {
      let x = Tensor([1.0, 2.0])
      _ = gradient(at: x) { Self.cube($0)[0].sum() }
    }
  }
}
