import LatentCore
import Testing
import Torch

@Suite struct TermsTests {
  /// Σ weight · value over a player's terms, and nothing else enters.
  @Test func aTotalIsTheWeightedSumOfThePlayersTerms() {
    let numbers = Tensor.randn([40], using: Generator(seed: 5), dtype: .float64)
    let values = numbers.scalars(as: Double.self)
    for start in 0..<20 {
      let weights = [1, 0.25, -2, Double(start)]
      var terms = Terms()
      for (index, weight) in weights.enumerated() {
        let value = Tensor(values[start + index])
        terms.minimise("mine \(index)", value, unit: .nats, weight: weight)
        terms.minimise("other \(index)", value * 3, unit: .plain, by: "other")
        terms.watch("watched \(index)", value * 100, unit: .plain)
      }
      let sum = zip(values[start...], weights).reduce(0) { $0 + $1.0 * $1.1 }
      let rest = values[start..<start + 4].reduce(0) { $0 + 3 * $1 }
      #expect(abs((terms.total()?.item() ?? .nan) - sum) < 1e-6)
      #expect(abs((terms.total(for: "other")?.item() ?? .nan) - rest) < 1e-6)
      #expect(terms.total(for: "nobody") == nil)
    }
  }

  @Test func numbersHaveTheTermsOrderAndUnits() {
    var terms = Terms()
    terms.watch("elbo", Tensor(-3.0), unit: .nats)
    terms.minimise("error", Tensor(2.0), unit: .squaredError, weight: 7)
    terms.minimise("code", Tensor(1.0), unit: .bitsPerDimension)
    #expect(terms.numbers.map(\.name) == ["elbo", "error", "code"])
    #expect(terms.numbers.map(\.unit) == ["nat", "sq", "bit/dim"])
    #expect(terms.numbers.map(\.value) == [-3, 2, 1], "values are without their weights")
    #expect(terms["error"]?.role == .minimised(by: Terms.model, weight: 7))
    #expect(terms["nothing"] == nil)
  }

  @Test func aWatchedTermKeepsNoGraph() {
    _ = valueAndGradient(at: Tensor([2.0])) { x in
      var terms = Terms()
      terms.watch("seen", x.sum(), unit: .plain)
      #expect(terms["seen"]?.value.requiresGradient == false)
      return x.sum()
    }
  }
}
