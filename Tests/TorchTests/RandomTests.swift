import Testing
import Torch
import _TestSupport

@Suite struct RandomTests {
  @Test func numbersAreThoseOfPyTorchBitForBit() throws {
    var f = try RecordedFamily("random")
    let (u, p) = try (f.input("u"), f.input("p"))
    let (rates, weights) = try (f.input("rates"), f.input("weights"))
    func g() -> Generator { Generator(seed: 20_261_120) }
    func same(_ key: String, _ tensor: Tensor) { f.check(key, tensor, relative: 0, absolute: 0) }
    same("randn", .randn([5, 7], using: g()))
    same("randn64", .randn([20], using: g(), dtype: .float64))
    same("rand", .rand([3, 4], using: g()))
    same("randint", .randint(-5..<17, [20], using: g()))
    same("randperm", .randperm(30, using: g()))
    same("bernoulli", .bernoulli(u, using: g()))
    same("multinomial", .multinomial(weights, count: 6, using: g()))
    same("without", .multinomial(weights, count: 3, replacement: false, using: g()))
    same("uniform", .uniform([9], from: -2, to: 3, using: g()))
    same("normal", .normal([20], mean: 1.5, standardDeviation: 0.3, using: g()))
    same("exponential", .exponential([9], rate: 1.7, using: g()))
    same("poisson", .poisson(rates, using: g()))
    same("gamma", .standardGamma(p, using: g()))
    same("dirichlet", .dirichlet(p, using: g()))
    same("binomial", .binomial(trials: .full(like: u, 9), probabilities: u, using: g()))
    f.finish()
  }

  @Test func aRestoredStateDrawsTheSameNumbers() {
    let g = Generator(seed: 7)
    // An odd number of normals leaves one in the generator, which belongs to the state.
    _ = Tensor.randn([3], using: g)
    let state = g.state
    let first = Tensor.randn([5], using: g)
    let other = Generator(seed: 99)
    other.state = state
    expectClose(Tensor.randn([5], using: other), first, absolute: 0)
    g.state = state
    expectClose(Tensor.randn([5], using: g), first, absolute: 0)
    #expect(!Tensor.randn([5], using: g).isEqual(to: first))
  }

  @Test func twoGeneratorsDoNotTouchEachOther() {
    let alone = Generator(seed: 1)
    let expected = (0..<4).map { _ in Tensor.rand([3], using: alone) }
    let (a, b) = (Generator(seed: 1), Generator(seed: 2))
    for value in expected {
      expectClose(Tensor.rand([3], using: a), value, absolute: 0)
      _ = Tensor.randn([5], using: b)
    }
  }

  @Test func aStateOfAnotherKindIsAnError() {
    let g = Generator(seed: 1)
    let text = message { try withTorchErrors { g.state = Tensor.zeros([3]) } }
    #expect(text.hasPrefix("Generator.state of [3] float32: "), "\(text)")
  }

  @Test func gammaIsDifferentiableInItsShape() {
    let shapes = Tensor([0.5, 2, 9], dtype: .float64)
    let found = gradient(at: shapes) { Tensor.standardGamma($0, using: Generator(seed: 3)).sum() }
    #expect((found .> 0).all().item() == 1)
  }
}
