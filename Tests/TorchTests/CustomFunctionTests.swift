import Testing
import Torch
import _TestSupport

@Suite struct CustomFunctionTests {
  /// x³ with its derivative written by hand.
  static let cube = CustomFunction(
    forward: { inputs in
      let x = inputs[0]
      return .init(outputs: [x * x * x], saving: [x])
    },
    backward: { saved, gradients in [gradients[0] * 3 * squared(saved[0])] })

  /// (a b, a + 2b) with both derivatives written by hand; either output may be unused.
  static let pair = CustomFunction(
    forward: { .init(outputs: [$0[0] * $0[1], $0[0] + 2 * $0[1]], saving: [$0[0], $0[1]]) },
    backward: { saved, gradients in
      let product = gradients[0].isDefined ? gradients[0] : Tensor.zeros(like: saved[0])
      let sum = gradients[1].isDefined ? gradients[1] : Tensor.zeros(like: saved[0])
      return [product * saved[1] + sum, product * saved[0] + 2 * sum]
    })

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

  @Test func severalInputsAndOutputsHaveTheirGradients() {
    let g = Generator(seed: 1)
    let a = Tensor.randn([3], using: g, dtype: .float64)
    let b = Tensor.randn([3], using: g, dtype: .float64)
    expectGradientsMatchDifferences(at: [a, b], "both") {
      let outputs = Self.pair($0[0], $0[1])
      return (squared(outputs[0]) * outputs[1]).sum()
    }
    expectGradientsMatchDifferences(at: [a, b], "first") { Self.pair($0[0], $0[1])[0].sum() }
    expectGradientsMatchDifferences(at: [a, b], "second") { Self.pair($0[0], $0[1])[1].sum() }
  }

  @Test func anInputWithoutGradientStopsThere() {
    let gate = CustomFunction(
      forward: { .init(outputs: [$0[0] * ($0[1] .> 0).to($0[0].dtype)], saving: [$0[1]]) },
      backward: { saved, g in [g[0] * (saved[0] .> 0).to(g[0].dtype), nil] })
    let (x, s) = (Tensor([2.0, 3.0]), Tensor([1.0, -1.0]))
    let found = valueAndGradient(at: [x, s]) { gate($0[0], $0[1])[0].sum() }.gradients
    expectClose(found[0], Tensor([1.0, 0.0]))
    expectClose(found[1], Tensor([0.0, 0.0]))
  }

  @Test func wrongNumberOfGradientsIsAnError() {
    let wrong = CustomFunction(
      forward: { .init(outputs: [$0[0] * $0[1]]) }, backward: { _, g in [g[0]] })
    let x = Tensor([1.0])
    let text = message {
      try withTorchErrors { valueAndGradient(at: [x, x]) { wrong($0[0], $0[1])[0].sum() } }
    }
    #expect(text == "gradients of [] float32: backward gave 1 gradients for 2 inputs")
  }

  @Test func anErrorInsideBackwardIsThrown() {
    let wrong = CustomFunction(
      forward: { .init(outputs: [$0[0] * 2]) }, backward: { _, g in [g[0] + Tensor.zeros([7])] })
    let text = message {
      try withTorchErrors { gradient(at: Tensor([1.0, 2.0])) { wrong($0)[0].sum() } }
    }
    let sentence = "gradients of [] float32: add of [2] float32 and [7] float32: The size of"
    #expect(text.hasPrefix(sentence), "\(text)")
  }

  @Test func aGradientOfTheWrongShapeIsAnError() {
    let wrong = CustomFunction(
      forward: { .init(outputs: [$0[0] * 2]) }, backward: { _, _ in [Tensor.zeros([7])] })
    let text = message {
      try withTorchErrors { gradient(at: Tensor([1.0, 2.0])) { wrong($0)[0].sum() } }
    }
    #expect(text.hasPrefix("gradients of [] float32: "), "\(text)")
    #expect(text.contains("invalid gradient at index"), "\(text)")
  }

  @Test func anErrorInsideForwardIsThrown() {
    let wrong = CustomFunction(
      forward: { .init(outputs: [$0[0] + Tensor.zeros([7])]) }, backward: { _, g in [g[0]] })
    let text = message { try withTorchErrors { wrong(Tensor([1.0, 2.0]))[0].sum() } }
    let sentence = "CustomFunction of [2] float32: add of [2] float32 and [7] float32: The size of"
    #expect(text.hasPrefix(sentence), "\(text)")
  }

  @Test func nothingIsLeftAlive() {
    expectNoTensorLeaks {
      let x = Tensor([1.0, 2.0])
      _ = gradient(at: x) { Self.cube($0)[0].sum() }
      _ = Self.pair(x.requiringGradient(), x)
      let failing = CustomFunction(
        forward: { .init(outputs: [$0[0] * 2], saving: [$0[0]]) }, backward: { _, _ in [] })
      try? withTorchErrors { _ = gradient(at: x) { failing($0)[0].sum() } }
    }
  }
}
