import Testing
import Torch
import _TestSupport

/// The log-likelihood of ones and zeros, summed over rows.
@Suite struct BernoulliLogLikelihoodTests {
  struct Shapes: Sendable {
    var logits: [Int]
    var targets: [Int]
  }

  static let shapes: [Shapes] = [
    .init(logits: [7, 33], targets: [7, 33]), .init(logits: [5, 3, 20], targets: [3, 20]),
    .init(logits: [3, 5, 20], targets: [3, 1, 20]), .init(logits: [40, 784], targets: [784]),
    .init(logits: [6], targets: [6]), .init(logits: [4, 1], targets: [4, 1]),
    .init(logits: [2, 3, 4], targets: [2, 3, 1]),
  ]

  static func random(_ shape: [Int], _ seed: UInt64) -> Tensor {
    Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  static func direct(_ logits: Tensor, _ targets: Tensor) -> Tensor {
    -binaryCrossEntropy(
      logits: logits, targets: targets.expanded(logits.shape), reduction: .none
    ).sum(dim: -1)
  }

  @Test(arguments: shapes) func equalsTheCrossEntropy(_ shapes: Shapes) {
    let logits = 5 * Self.random(shapes.logits, 1)
    let targets = sigmoid(Self.random(shapes.targets, 2))
    let weights = Self.random(Array(shapes.logits.dropLast()), 3)
    func found(_ dtype: DType, _ f: (Tensor, Tensor) -> Tensor) -> [Tensor] {
      let leaf = logits.to(.float32).to(dtype).detached().requiringGradient()
      let sums = f(leaf, targets.to(.float32).to(dtype))
      return [sums]
        + gradients(of: [(sums * weights.to(dtype)).sum()], withRespectTo: [leaf])
    }
    let own = found(.float32) { bernoulliLogLikelihood(logits: $0, targets: $1) }
    let expected = found(.float64, Self.direct)
    #expect(own[0].shape == Array(shapes.logits.dropLast()))
    for (a, e) in zip(own, expected) {
      expectClose(a.to(.float64), e, relative: 2e-6, absolute: 2e-6)
    }
  }

  /// Single numbers over the whole range of float32, both ends included.
  @Test func everyLogitIsFinite() {
    let sizes = (0..<400).map { Float($0 - 200) / 2 } + [1e4, -1e4, 1e30, -1e30, 3e38, -3e38, 0]
    for target in [0.0, 1, 0.25] {
      let logits = Tensor(sizes).reshaped([sizes.count, 1]).requiringGradient()
      let targets = Tensor([Float(target)]).reshaped([1, 1])
      let found = bernoulliLogLikelihood(logits: logits, targets: targets)
      let wide = logits.detached().to(.float64)
      let expected = Self.direct(wide, targets.to(.float64))
      // LibTorch takes e^−33 off again from what it has added it to.
      expectClose(found.to(.float64), expected, relative: 1e-6, absolute: 1e-13)
      let slope = gradients(of: [found.sum()], withRespectTo: [logits])[0]
      expectClose(
        slope.to(.float64), target - sigmoid(wide), relative: 1e-6, absolute: 1e-7)
    }
  }

  @Test func notANumberStaysOne() {
    let logits = Tensor([[Double.nan, 1], [0, 1]], dtype: .float32)
    let found = bernoulliLogLikelihood(
      logits: logits, targets: Tensor([[1.0, 0]], dtype: .float32))
    #expect(found[0].item().isNaN)
    #expect(found[1].item().isFinite)
  }

  @Test func targetsMayWantAGradientToo() {
    let logits = Self.random([3, 4], 1).to(.float32).requiringGradient()
    let targets = sigmoid(Self.random([3, 4], 2)).to(.float32).detached().requiringGradient()
    let sum = bernoulliLogLikelihood(logits: logits, targets: targets).sum()
    expectClose(gradients(of: [sum], withRespectTo: [targets])[0], logits.detached())
  }

  @Test func gradientsCanBeDifferentiated() {
    let logits = Self.random([3, 4], 1).to(.float32).requiringGradient()
    let sum = bernoulliLogLikelihood(logits: logits, targets: Tensor.ones([4])).sum()
    let first = gradients(of: [sum], withRespectTo: [logits], createGraph: true)[0]
    let second = gradients(of: [first.sum()], withRespectTo: [logits])[0]
    let p = sigmoid(logits.detached())
    expectClose(second, -p * (1 - p), relative: 1e-5, absolute: 1e-6)
  }

  @Test func otherShapesAreRefused() {
    #expect(throws: TorchError.self) {
      try withTorchErrors {
        bernoulliLogLikelihood(logits: Tensor.zeros([3, 4]), targets: Tensor.zeros([3, 5]))
      }
    }
  }

  @Test func nothingLeaks() {
    expectNoTensorLeaks {
      let logits = Tensor.ones([3, 4]).requiringGradient()
      let sum = bernoulliLogLikelihood(logits: logits, targets: Tensor.ones([4])).sum()
      _ = gradients(of: [sum], withRespectTo: [logits])
    }
  }
}
