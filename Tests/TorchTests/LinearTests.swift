import CTorch
import Testing
import Torch
import _TestSupport

/// Sizes of a dense layer: rows of inputs to outputs.
struct LinearCase: Sendable, CustomTestStringConvertible {
  var rows: [Int]
  var inputs: Int
  var outputs: Int

  init(_ rows: [Int], _ inputs: Int, _ outputs: Int) {
    (self.rows, self.inputs, self.outputs) = (rows, inputs, outputs)
  }

  var testDescription: String { "\(rows) × \(inputs) → \(outputs)" }
}

/// Dense layers against sums in float64.
@Suite struct LinearTests {
  static let cases = [
    LinearCase([1], 1, 1), .init([], 5, 3), .init([7], 16, 16), .init([2, 3], 17, 33),
    .init([32], 784, 400), .init([25], 20, 400), .init([130], 50, 49), .init([9], 2500, 20),
    .init([600], 40, 65), .init([2100], 31, 100), .init([3, 4, 5], 3, 1),
  ]

  static func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  static func apply(_ leaves: [Tensor], isRectified: Bool) -> Tensor {
    let bias = leaves.count > 2 ? leaves[2] : nil
    return isRectified
      ? rectifiedLinear(leaves[0], weight: leaves[1], bias: bias)
      : linear(leaves[0], weight: leaves[1], bias: bias)
  }

  static func leaves(_ sizes: LinearCase, hasBias: Bool) -> [Tensor] {
    let x = random(sizes.rows + [sizes.inputs], 1)
    let weight = random([sizes.outputs, sizes.inputs], 2) / Double(sizes.inputs).squareRoot()
    return [x, weight] + (hasBias ? [random([sizes.outputs], 3)] : [])
  }

  /// y and the gradients of Σ w · y for a fixed w.
  static func results(_ leaves: [Tensor], _ dtype: DType, isRectified: Bool) -> [Tensor] {
    let given = leaves.map { $0.to(.float32).to(dtype).detached().requiringGradient() }
    let y = apply(given, isRectified: isRectified)
    let sum = (y * random(y.shape, 4).to(dtype)).sum()
    return [y] + gradients(of: [sum], withRespectTo: given)
  }

  @Test(arguments: cases, [false, true])
  func equalsASumInDoublePrecision(_ sizes: LinearCase, _ isRectified: Bool) {
    for hasBias in [false, true] {
      let leaves = Self.leaves(sizes, hasBias: hasBias)
      let own = Self.results(leaves, .float32, isRectified: isRectified)
      let expected = Self.results(leaves, .float64, isRectified: isRectified)
      for (a, e) in zip(own, expected) {
        #expect(a.shape == e.shape)
        let worst = abs(a.to(.float64) - e).max().item()
        // Rounding grows as the root of what is summed up: inputs, outputs or rows.
        let terms = Double(sizes.inputs + sizes.outputs + sizes.rows.reduce(1, *)).squareRoot()
        let size = 1 + squared(e).mean().item().squareRoot()
        #expect(worst <= (2e-6 + 3e-7 * terms) * size, "\(sizes)")
      }
    }
  }

  @Test func numbersThatLieApartAreRead() {
    let x = Self.random([30, 12], 1).to(.float32).transposed()
    let weight = Self.random([30, 40], 2).to(.float32).transposed()
    expectClose(
      linear(x, weight: weight), matmul(x.contiguous(), weight.transposed().contiguous()),
      relative: 1e-5, absolute: 1e-5)
    let row = Self.random([1, 30], 3).to(.float32).expanded([5, 30])
    expectClose(linear(row, weight: weight)[4], linear(row[0], weight: weight), absolute: 0)
  }

  /// Each number is one thread's sum, in one order.
  @Test func threadsDoNotChangeABit() {
    let leaves = Self.leaves(.init([300], 400, 784), hasBias: true)
    defer { ct_set_threads(1) }
    let all = [1, 2, 3].map { count in
      ct_set_threads(Int32(count))
      return Self.results(leaves, .float32, isRectified: true)
    }
    for other in all.dropFirst() {
      for (a, b) in zip(all[0], other) { expectClose(a, b, absolute: 0) }
    }
  }

  @Test func derivativesOfDerivatives() {
    let leaves = Self.leaves(.init([6], 5, 4), hasBias: true)
    for isRectified in [false, true] {
      func curvature(_ dtype: DType) -> [Tensor] {
        let given = leaves.map { $0.to(dtype).detached().requiringGradient() }
        let y = Self.apply(given, isRectified: isRectified)
        let first = gradients(of: [(y * y * y).sum()], withRespectTo: given, createGraph: true)
        return gradients(
          of: [first.reduce(Tensor(0)) { $0 + squared($1).sum() }], withRespectTo: given)
      }
      for (a, e) in zip(curvature(.float32), curvature(.float64)) {
        expectClose(a.to(.float64), e, relative: 1e-4, absolute: 1e-2)
      }
    }
  }

  @Test func forwardModeHasTheSameDerivative() {
    let leaves = Self.leaves(.init([6], 5, 4), hasBias: true).map { $0.to(.float32) }
    let direction = Self.random([6, 5], 5).to(.float32)
    let (value, change) = jacobianVectorProduct(at: leaves[0], tangent: direction) {
      Self.apply([$0] + leaves.dropFirst(), isRectified: false)
    }
    expectClose(value, linear(leaves[0], weight: leaves[1], bias: leaves[2]), relative: 1e-5)
    expectClose(change, linear(direction, weight: leaves[1]), relative: 1e-5, absolute: 1e-6)
  }

  @Test func lowerPrecisionIsLibTorchs() {
    let leaves = Self.leaves(.init([6], 5, 4), hasBias: true).map { $0.to(.float32) }
    let y = withAutocast(to: .bfloat16, on: .cpu) { Self.apply(leaves, isRectified: true) }
    #expect(y.dtype == .bfloat16)
  }

  @Test func notANumberStaysOne() {
    let x = Tensor([[Double.nan, 1], [-3, 1]], dtype: .float32).requiringGradient()
    let y = rectifiedLinear(x, weight: Tensor.ones([3, 2]))
    #expect(y[0, 0].item().isNaN)
    #expect(y[1, 0].item() == 0)
    let slope = gradients(of: [y.sum()], withRespectTo: [x])[0]
    let asLibTorch = gradients(
      of: [relu(matmul(x, Tensor.ones([2, 3]))).sum()], withRespectTo: [x])[0]
    expectClose(slope, asLibTorch, absolute: 0)
  }

  @Test func otherShapesAreRefused() {
    for weight in [[4, 6], [6], [2, 4, 5]] {
      let error = #expect(throws: TorchError.self) {
        try withTorchErrors { linear(Tensor.zeros([3, 5]), weight: Tensor.zeros(weight)) }
      }
      #expect(error.map { "\($0)".contains("linear") } == true)
    }
  }

  @Test func nothingLeaks() {
    expectNoTensorLeaks {
      let leaves = Self.leaves(.init([6], 5, 4), hasBias: true)
      _ = Self.results(leaves, .float32, isRectified: true)
    }
  }
}
