import Distributions
import Testing
import Torch
import _TestSupport

/// Bounds and gradient estimators on a model whose answers are known: z ~ N(0, 1), x | z ~ N(z, 1), so
/// that p(x) = N(x; 0, 2) and the posterior is N(x/2, 1/2).
@Suite struct EstimatorTests {
  static let x = 1.3
  static let logEvidence = -0.5 * (x * x / 2 + 1.8378770664093453 + 0.6931471805599453)

  static func model() -> (prior: Normal, likelihood: (Tensor) -> Tensor) {
    let zero = Tensor(0.0, dtype: .float64)
    return (
      Normal(mean: zero, logVariance: zero),
      { Normal(mean: $0, logVariance: zero).logProbability(Tensor(x, dtype: .float64)) }
    )
  }

  /// log p(x, z) − log q(z | x) for k × n draws; log q with its parameters held if `detached`.
  static func logWeights(_ q: Normal, k: Int, n: Int, seed: UInt64, detached: Bool = false)
    -> Tensor
  {
    let z = q.sample([k, n], using: Generator(seed: seed))
    let logQ = (detached ? q.detached() : q).logProbability(z)
    let model = model()
    return model.prior.logProbability(z) + model.likelihood(z) - logQ
  }

  static func posterior(_ parameters: [Tensor]) -> Normal {
    Normal(mean: parameters[0], logVariance: parameters[1])
  }

  static var offPosterior: [Tensor] { [0.2, -0.2].map { Tensor($0, dtype: .float64) } }

  static var truePosterior: [Tensor] {
    [0.5 * x, -0.6931471805599453].map { Tensor($0, dtype: .float64) }
  }

  @Test func boundsRiseWithSamplesTowardsTheEvidence() {
    let q = Self.posterior(Self.offPosterior)
    let n = 20000
    let elbo = evidenceLowerBound(logWeights: Self.logWeights(q, k: 1, n: n, seed: 31))
    let five = importanceWeightedBound(logWeights: Self.logWeights(q, k: 5, n: n, seed: 32))
    let fifty = importanceWeightedBound(logWeights: Self.logWeights(q, k: 50, n: n, seed: 33))
    #expect([elbo.name, five.name, fifty.name] == ["ELBO", "IWAE-5", "IWAE-50"])
    let gap = q.klDivergence(to: Self.posterior(Self.truePosterior))
    expectMean(of: elbo.value, is: Self.logEvidence - gap, "ELBO")
    let means = [elbo, five, fifty].map { $0.value.mean().item() } + [Self.logEvidence]
    #expect(means == means.sorted())
    #expect(Self.logEvidence - means[2] < 0.01)
  }

  @Test func theTruePosteriorMakesEveryWeightTheEvidence() {
    let q = Self.posterior(Self.truePosterior)
    let weights = Self.logWeights(q, k: 7, n: 3, seed: 34)
    let bound = importanceWeightedBound(logWeights: weights)
    expectClose(bound.value, .full([3], Self.logEvidence, dtype: .float64))
    expectClose(effectiveSampleSize(logWeights: weights), .full([3], 7, dtype: .float64))
  }

  @Test func effectiveSampleSizeOfOneDominantWeightIsOne() {
    let weights = Tensor([0, -800, -900], dtype: .float64)
    expectClose(effectiveSampleSize(logWeights: weights), Tensor(1.0, dtype: .float64))
  }

  @Test func doublyReparameterizedGradientsAgreeInTheMeanWithLessNoise() {
    let n = 20000
    let wide = Self.offPosterior.map { $0.expanded([n]) }
    let plain = valueAndGradient(at: wide) {
      importanceWeightedBound(
        logWeights: Self.logWeights(Self.posterior($0), k: 20, n: 1, seed: 35).squeezed(dim: 1)
      ).value.sum()
    }
    let double = valueAndGradient(at: wide) {
      doublyReparameterizedBound(
        logWeights: Self.logWeights(Self.posterior($0), k: 20, n: 1, seed: 35, detached: true)
          .squeezed(dim: 1)
      ).value.sum()
    }
    expectClose(double.value, plain.value, relative: 1e-12)
    for (a, b) in zip(plain.gradients, double.gradients) {
      expectMean(of: a - b, is: Tensor(0.0, dtype: .float64), "DReG − IWAE")
      #expect(b.variance().item() < 0.5 * a.variance().item())
    }
  }

  @Test func scoreFunctionGradientsAreThoseOfTheExactExpectation() {
    let n = 20000
    let logit = Tensor(0.4, dtype: .float64)
    func f(_ x: Tensor) -> Tensor { squared(x - 0.3) + 2 }
    let exact = gradient(at: logit) {
      sigmoid($0) * f(Tensor(1.0, dtype: .float64)) + sigmoid(-$0) * f(Tensor(0.0, dtype: .float64))
    }
    func gradients(_ baseline: (Tensor) -> Tensor?) -> Tensor {
      gradient(at: logit.expanded([8, n])) {
        let law = Bernoulli(logits: $0)
        let x = law.sample(using: Generator(seed: 36))
        return scoreFunctionEstimate(
          of: f(x), logProbability: law.logProbability(x), baseline: baseline(f(x))
        ).sum()
      }.flattened()
    }
    let plain = gradients { _ in nil }
    let leaveOneOut = gradients { leaveOneOutBaseline($0) }
    expectMean(of: plain, is: exact, "score function")
    expectMean(of: leaveOneOut.reshaped([8, n]).mean(dim: 0), is: exact, "leave-one-out")
    #expect(leaveOneOut.variance().item() < 0.1 * plain.variance().item())
  }

  @Test func leaveOneOutNeedsTwoDraws() {
    #expect {
      try withTorchErrors { leaveOneOutBaseline(Tensor([1.0])) }
    } throws: {
      "\($0)" == "leaveOneOutBaseline of [1] float32: expected at least two draws"
    }
  }
}
