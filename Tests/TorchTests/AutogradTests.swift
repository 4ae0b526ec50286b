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

  @Test(arguments: 0..<8) func forwardProductsTakeTurnsBetweenThreads(_ factor: Int) {
    let x = Tensor([1.0, 2.0])
    for _ in 0..<20 {
      let product = jacobianVectorProduct(at: x, tangent: x) { factor * squared($0) }.product
      expectClose(product, 2 * factor * squared(x))
    }
  }

  @Test func forwardProductsDoNotNest() {
    let x = Tensor([1.0])
    let text = message {
      try withTorchErrors {
        jacobianVectorProduct(at: x, tangent: x) {
          jacobianVectorProduct(at: $0, tangent: x) { $0 * 2 }.product
        }
      }
    }
    #expect(text == "jacobianVectorProduct: forward-mode differentiation does not nest")
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

  @Test func secondDerivativesMatchDifferencesOfTheFirst() {
    let g = Generator(seed: 3)
    let x = Tensor.randn([4], using: g, dtype: .float64)
    let v = Tensor.randn([4], using: g, dtype: .float64)
    let w = Tensor.randn([4, 4], using: g, dtype: .float64)
    let functions: [(String, (Tensor) -> Tensor)] = [
      ("softplus", { softplus($0).sum() }), ("tanh", { tanh(matmul(w, $0)).sum() }),
      ("gelu", { gelu($0).sum() }), ("logSumExp", { $0.logSumExp(dim: 0) }),
      ("norm", { $0.norm() }), ("softmax", { (softmax($0) * v).sum() }),
      ("layerNorm", { (layerNorm($0, shape: [4]) * v).sum() }), ("product", { $0.product() }),
      ("lgamma", { lgamma(squared($0) + 1).sum() }), ("silu", { silu($0).sum() }),
    ]
    for (name, function) in functions {
      expectGradientsMatchDifferences(at: [x], tolerance: 1e-5, name) {
        (gradient(at: $0[0], createGraph: true, function) * v).sum()
      }
    }
  }

  @Test func aGraphIsUsedOnceUnlessRetained() {
    let x = Tensor([1.0, 2.0]).requiringGradient()
    let y = squared(x).sum()
    let first = gradients(of: [y], withRespectTo: [x], retainGraph: true)[0]
    expectClose(gradients(of: [y], withRespectTo: [x])[0], first)
    let text = message { try withTorchErrors { gradients(of: [y], withRespectTo: [x]) } }
    #expect(text.hasPrefix("gradients of [] float32: Trying to backward through the graph a"))
  }

  @Test func seedsWeightOutputs() {
    let x = Tensor([1.0, 2.0]).requiringGradient()
    let outputs = [x * 3, squared(x)]
    let found = gradients(
      of: outputs, withRespectTo: [x], seeds: [Tensor([1.0, 0.0]), Tensor([0.0, 1.0])])
    expectClose(found[0], Tensor([3.0, 4.0]))
  }

  @Test func detachedStopsAndClonedPasses() {
    let x = Tensor([2.0])
    expectClose(gradient(at: x) { ($0.detached() * $0).sum() }, Tensor([2.0]))
    expectClose(gradient(at: x) { ($0.cloned() * $0).sum() }, Tensor([4.0]))
  }

  @Test func aThrowingFunctionLeavesNothingOpen() {
    struct Stop: Error {}
    let x = Tensor([1.0])
    #expect(throws: Stop.self) { try valueAndGradient(at: [x]) { _ in throw Stop() } }
    #expect(throws: Stop.self) {
      try jacobianVectorProduct(at: x, tangent: x) { _ in throw Stop() }
    }
    // A forward level left open would be refused here.
    expectClose(jacobianVectorProduct(at: x, tangent: x) { $0 * 5 }.product, Tensor([5.0]))
  }

  @Test func gradientsGoThroughRandomNumbersThatAreReparameterised() {
    let mean = Tensor([0.5, -1.0], dtype: .float64)
    let scale = Tensor([0.3, 2.0], dtype: .float64)
    expectGradientsMatchDifferences(at: [mean, scale]) {
      let noise = Tensor.randn([5, 2], using: Generator(seed: 4), dtype: .float64)
      return squared($0[0] + $0[1] * noise).mean()
    }
  }
}

/// Gradients are told while others are computed, once each, and are those that are returned.
@Suite struct FoundGradientTests {
  @Test func eachLeafIsToldOnceAndTheLastUsedFirst() {
    let leaves = (0..<4).map { Tensor([Float($0 + 1), 2]).requiringGradient() }
    for _ in 0..<2 {
      var told: [(index: Int, gradient: Tensor)] = []
      let early = exp(leaves[0] * leaves[1])
      let loss = (early * leaves[2] + leaves[0]).sum()
      let found = gradients(of: [loss], withRespectTo: leaves) { told.append(($0, $1)) }
      #expect(told.map(\.index).sorted() == [0, 1, 2])
      #expect(told.first?.index == 2)
      for (index, gradient) in told { #expect(gradient.isEqual(to: found[index])) }
      #expect(!found[3].isDefined)
    }
    // Nobody listens any more.
    let plain = gradients(of: [(leaves[0] * leaves[1]).sum()], withRespectTo: [leaves[0]])
    #expect(plain[0].isEqual(to: leaves[1].detached()))
  }
}
