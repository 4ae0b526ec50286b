import LatentCore
import Testing
import Torch
import _TestSupport

/// What the settings of the rate do to an objective.
@Suite struct RateTests {
  /// Divergences of three examples and four dimensions, whose means are 0.2, 1, 0.05 and 3.
  static var parts: Tensor {
    Tensor(
      [[0.1, 1.0, 0.0, 2.0], [0.2, 0.5, 0.1, 3.0], [0.3, 1.5, 0.05, 4.0]], dtype: .float64)
  }
  static let total = 4.25

  private func step(weight: Double = 1, freeBits: Double = 0) -> Step {
    Step(
      index: 0, epoch: 0, exampleCount: 3, generator: Generator(seed: 0), rateWeight: weight,
      freeBits: freeBits)
  }

  private func terms(_ step: Step, beta: Double = 1) -> Terms {
    var terms = Terms()
    terms.minimiseRate(Self.parts, weight: beta, step)
    return terms
  }

  /// max(λ, 0.2) + max(λ, 1) + max(λ, 0.05) + max(λ, 3).
  @Test(arguments: [(0.01, 4.25), (0.1, 4.3), (0.5, 5.0), (2, 9.0), (5, 20.0)])
  func freeBitsAreTheLeastRateOfADimension(lambda: Double, expected: Double) throws {
    let terms = terms(step(freeBits: lambda))
    #expect(terms.list.map(\.name) == ["rate", "rate-floor"])
    #expect(Swift.abs(try #require(terms["rate-floor"]).value.item() - expected) < 1e-6)
    #expect(Swift.abs(try #require(terms.total()).item() - expected) < 1e-6)
    #expect(
      Swift.abs(try #require(terms["rate"]).value.item() - Self.total) < 1e-6, "the honest one")
    #expect(try #require(terms["rate"]).role == .watched)
  }

  /// Two processes, with two examples and one: their floors and gradients, weighted, are the batch's.
  @Test(arguments: [0.1, 0.5, 2]) func partsOfABatchHaveItsFreeBits(lambda: Double) {
    func floor(_ parts: Tensor, gather: ((Tensor) -> Tensor)?) -> Tensor {
      var step = step(freeBits: lambda)
      step.gather = gather
      var terms = Terms()
      terms.minimiseRate(parts, step)
      return terms.total() ?? Tensor(0)
    }
    let (value, slopes) = valueAndGradient(at: [Self.parts]) { floor($0[0], gather: nil) }
    let (shared, parts) = valueAndGradient(at: [Self.parts[0..<2], Self.parts[2..<3]]) { parts in
      let weighted = zip(parts, [2.0 / 3, 1.0 / 3]).map { part, weight in
        floor(part, gather: { _ in Self.parts }) * weight
      }
      return weighted[0] + weighted[1]
    }
    #expect(Swift.abs(value.item() - shared.item()) < 1e-12)
    #expect(abs(slopes[0] - concatenated(parts)).max().item() < 1e-12)
  }

  @Test func dimensionsBelowTheFreeBitsHaveNoGradient() {
    let slopes = gradient(at: Self.parts) { parts in
      var terms = Terms()
      terms.minimiseRate(parts, step(freeBits: 0.5))
      return terms.total() ?? Tensor(0)
    }
    let third = 1.0 / 3
    let row = [0, third, 0, third]
    expectClose(slopes, Tensor([row, row, row], dtype: .float64))
  }

  @Test func theAnnealedWeightMultipliesTheMethodsOwnAndLeavesTheRate() throws {
    for (beta, weight) in [(1.0, 0.25), (4, 0.5), (2, 0)] {
      let terms = terms(step(weight: weight), beta: beta)
      #expect(terms.list.map(\.name) == ["rate"])
      #expect(Swift.abs(try #require(terms["rate"]).value.item() - Self.total) < 1e-6)
      #expect(Swift.abs(try #require(terms.total()).item() - beta * weight * Self.total) < 1e-5)
    }
  }

  @Test func termsKnowWhatTheyFollow() {
    #expect(terms(step()).obeyed == [.annealing, .freeBits])
    var other = Terms()
    other.minimise("loss", Tensor(1), unit: .nats)
    #expect(other.obeyed == [])
    other.obey(.annealing)
    other.append(terms(step()))
    #expect(other.obeyed == [.annealing, .freeBits])
  }
}
