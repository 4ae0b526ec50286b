import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

/// IVON against the authors' package, closed forms, and what holds of every draw.
@Suite struct IVONTests {
  final class One: Module {
    let weight: Parameter
    init(_ start: Tensor) { weight = Parameter(start) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let rule: IVON
    let rate: Double
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "plain", rule: IVON(effectiveSampleSize: 50, initialHessian: 0.5, beta2: 0.99),
      rate: 0.1),
    Case(
      name: "decay",
      rule: IVON(
        effectiveSampleSize: 20, initialHessian: 0.1, beta1: 0.8, beta2: 0.95, weightDecay: 0.05),
      rate: 0.2),
    Case(
      name: "draws",
      rule: IVON(effectiveSampleSize: 30, initialHessian: 0.3, beta2: 0.9, samples: 3), rate: 0.1),
    Case(
      name: "clipped",
      rule: IVON(
        effectiveSampleSize: 10, initialHessian: 0.02, beta2: 0.99, clipRadius: 0.5), rate: 0.05),
    Case(
      name: "unscaled",
      rule: IVON(
        effectiveSampleSize: 100, initialHessian: 0.5, beta2: 0.999, rescalesRate: false),
      rate: 0.02),
  ]

  /// mean(a w²/2 + cos b w) of the recorded problem: `Goldens/ivon_steps.py` says more.
  struct Problem {
    let known: [String: Tensor]
    let model: One
    init() throws {
      known = try goldens("ivon_steps", beside: #filePath).tensors
      model = One(try #require(known["start"]))
    }

    func gradients(_ model: One) -> Gradients {
      let (a, b) = (known["a"] ?? Tensor(0), known["b"] ?? Tensor(0))
      return valueAndGradient(of: model) { model in
        let w = model.weight.value
        return (a * squared(w) / 2 + cos(b * w)).mean()
      }.gradients
    }

    func step(_ optimizer: Optimizer, _ noise: Generator) {
      let found = optimizer.gradientsAtDraws(using: noise) { gradients(model) }
      optimizer.update(with: found)
    }
  }

  @Test(arguments: cases) func equalsTheAuthorsPackage(_ method: Case) throws {
    let problem = try Problem()
    let optimizer = Optimizer(method.rule, for: problem.model, learningRate: .constant(method.rate))
    let noise = Generator(seed: 7)
    let values = try #require(problem.known["\(method.name)/value"])
    let hessians = try #require(problem.known["\(method.name)/hessian"])
    for step in 0..<values.size(0) {
      problem.step(optimizer, noise)
      expectClose(problem.model.weight.value.detached(), values[step], "step \(step)")
      expectClose(try #require(optimizer.state.tensors["weight/hessian"]), hessians[step])
    }
  }

  @Test(arguments: cases) func goesOnFromItsStateBitForBit(_ method: Case) throws {
    let (whole, cut) = try (Problem(), Problem())
    func optimizer(_ problem: Problem) -> Optimizer {
      Optimizer(method.rule, for: problem.model, learningRate: .constant(method.rate))
    }
    let (first, noise) = (optimizer(whole), Generator(seed: 3))
    for _ in 0..<5 { whole.step(first, noise) }
    let (weights, state, random) = (whole.model.state, first.state, noise.state)
    for _ in 0..<5 { whole.step(first, noise) }
    try cut.model.load(weights)
    let second = optimizer(cut)
    // A posterior that is looked at before the first step leaves no trace.
    _ = second.posterior
    #expect(second.state.tensors.isEmpty)
    try second.load(state)
    let rest = Generator(seed: 99)
    rest.state = random
    for _ in 0..<5 { cut.step(second, rest) }
    #expect(cut.model.weight.value.isEqual(to: whole.model.weight.value))
  }

  struct Failure: Error {}

  @Test func parametersAreMovedForTheBodyAloneAlsoAfterAnError() throws {
    let problem = try Problem()
    let optimizer = Optimizer(Self.cases[2].rule, for: problem.model, learningRate: 0.1)
    let before = problem.model.weight.value.detached().cloned()
    var seen: [Tensor] = []
    _ = optimizer.gradientsAtDraws(using: Generator(seed: 1)) {
      seen.append(problem.model.weight.value.detached().cloned())
      return problem.gradients(problem.model)
    }
    #expect(seen.count == 3 && !seen[0].isEqual(to: before) && !seen[0].isEqual(to: seen[1]))
    #expect(problem.model.weight.value.isEqual(to: before))
    #expect(throws: Failure.self) {
      try optimizer.gradientsAtDraws(using: Generator(seed: 1)) { throw Failure() }
    }
    #expect(problem.model.weight.value.isEqual(to: before))
    var count = 0
    _ = optimizer.gradientsAtDraws(using: Generator(seed: 1), where: { _ in false }) {
      count += 1
      #expect(problem.model.weight.value.isEqual(to: before))
      return Gradients([])
    }
    #expect(count == 1)
  }

  @Test func gradientsWithoutDrawsAreRefused() throws {
    let problem = try Problem()
    let optimizer = Optimizer(Self.cases[0].rule, for: problem.model, learningRate: 0.1)
    #expect {
      try withTorchErrors { optimizer.update(with: problem.gradients(problem.model)) }
    } throws: { "\($0)".contains("gradientsAtDraws(using:)") }
  }

  /// Of ½ (w − c)ᵀ diag(k) (w − c) the posterior is N(k c/(k + δ), 1/(λ (k + δ))).
  @Test func aQuadraticLossHasItsExactPosterior() throws {
    let (k, c) = (
      Tensor([0.5, 2, 1, 4], dtype: .float64), Tensor([1.0, -1, 2, 0.5], dtype: .float64)
    )
    let model = One(Tensor.zeros([4], dtype: .float64))
    let rule = IVON(
      effectiveSampleSize: 25, initialHessian: 1, beta2: 0.998, weightDecay: 0.1, samples: 2)
    let steps = 6000
    let optimizer = Optimizer(
      rule, for: model, learningRate: .cosine(from: 0.1, to: 0, steps: steps))
    let noise = Generator(seed: 2)
    for _ in 0..<steps {
      let gradients = optimizer.gradientsAtDraws(using: noise) {
        valueAndGradient(of: model) { (k * squared($0.weight.value - c)).sum() / 2 }.gradients
      }
      optimizer.update(with: gradients)
    }
    let posterior = try #require(optimizer.posterior)
    expectClose(try #require(posterior.means["weight"]), k * c / (k + 0.1), absolute: 0.02)
    let variance = squared(try #require(posterior.deviations["weight"]))
    expectClose(variance, reciprocal(25 * (k + 0.1)), relative: 0.2, absolute: 0)
  }

  /// h + ½ (1 − β₂)² (h − ĥ)²/(h + δ) + … is positive whatever ĥ is.
  @Test func theHessianStaysPositive() throws {
    let problem = try Problem()
    let rule = IVON(effectiveSampleSize: 5, initialHessian: 0.01, beta2: 0.5, weightDecay: 1e-4)
    let optimizer = Optimizer(rule, for: problem.model, learningRate: 0.5)
    let noise = Generator(seed: 4)
    for _ in 0..<200 {
      let found = optimizer.gradientsAtDraws(using: noise) {
        problem.gradients(problem.model).scaled(by: -3)
      }
      optimizer.update(with: found)
      let hessian = try #require(optimizer.state.tensors["weight/hessian"])
      #expect((hessian + 1e-4).min().item() > 0)
    }
  }

  @Test func drawsOfThePosteriorHaveItsMoments() {
    let model = One(Tensor.zeros([3], dtype: .float64))
    let posterior = WeightPosterior(
      means: ["weight": Tensor([1.0, 2, 3], dtype: .float64)],
      deviations: ["weight": Tensor([0.1, 0.5, 1], dtype: .float64)])
    let (mean, variance) = posterior.moments(8000, in: model, using: Generator(seed: 5)) {
      model.weight.value.detached().cloned()
    }
    expectClose(mean, Tensor([1.0, 2, 3], dtype: .float64), absolute: 0.05)
    expectClose(variance, Tensor([0.01, 0.25, 1], dtype: .float64), relative: 0.06, absolute: 0)
    #expect(model.weight.value.isEqual(to: Tensor.zeros([3], dtype: .float64)))
    let average = posterior.average(2, in: model, using: Generator(seed: 6)) {
      model.weight.value.cloned()
    }
    let other = posterior.average(2, in: model, using: Generator(seed: 6)) {
      model.weight.value.cloned()
    }
    #expect(average.isEqual(to: other))
  }

  /// y = w x + ε in two halves: the product of their posteriors over one prior is the posterior of all.
  @Test func mergedHalvesAreTheWhole() throws {
    let x = Tensor.randn([40], using: Generator(seed: 8), dtype: .float64)
    let y = 2 * x + 0.1
    func posterior(_ rows: Range<Int>) -> WeightPosterior {
      let precision = squared(x[rows]).sum() + 3
      return WeightPosterior(
        means: ["w": (x[rows] * y[rows]).sum() / precision], deviations: ["w": rsqrt(precision)])
    }
    let merged = WeightPosterior.merged([posterior(0..<15), posterior(15..<40)], priorPrecision: 3)
    let whole = posterior(0..<40)
    expectClose(try #require(merged.means["w"]), try #require(whole.means["w"]))
    expectClose(try #require(merged.deviations["w"]), try #require(whole.deviations["w"]))
  }

  @Test func sensitivityIsVarianceTimesError() {
    let found = leaveOneOutSensitivity(
      outputVariance: Tensor([[3.0, 4], [1, 1]]), residuals: Tensor([[1.0, 1], [0, 0.5]]))
    expectClose(found, Tensor([5.0, 0.5]))
  }
}
