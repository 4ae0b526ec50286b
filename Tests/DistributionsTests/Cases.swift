import Distributions
import Torch

extension Case {
  /// All cases.
  static let all: [Case] = basic + line + positive + counts

  private static let basic: [Case] = [
    Case("normal", ["mean", "logVariance"]) {
      Normal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("normal2", ["mean", "logVariance"]) {
      Normal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("normalScale", ["mean", "standardDeviation"]) {
      Normal(mean: $0("mean"), standardDeviation: $0("standardDeviation"))
    },
    Case("standardNormal", []) { _ in StandardNormal([3], dtype: .float64) },
    Case("diagonal", ["mean", "logVariance"]) {
      DiagonalNormal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("diagonal2", ["mean", "logVariance"]) {
      DiagonalNormal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("bernoulli", ["logits"]) { Bernoulli(logits: $0("logits")) },
    Case("bernoulli2", ["logits"]) { Bernoulli(logits: $0("logits")) },
    Case("categorical", ["logits"]) { Categorical(logits: $0("logits")) },
    Case("categorical2", ["logits"]) { Categorical(logits: $0("logits")) },
  ]

  private static let line: [Case] = [
    Case("laplace", ["location", "scale"]) {
      Laplace(location: $0("location"), scale: $0("scale"))
    },
    Case("laplace2", ["location", "scale"]) {
      Laplace(location: $0("location"), scale: $0("scale"))
    },
    Case("gumbel", ["location", "scale"]) { Gumbel(location: $0("location"), scale: $0("scale")) },
    Case("gumbel2", ["location", "scale"]) { Gumbel(location: $0("location"), scale: $0("scale")) },
    Case("logistic", ["location", "scale"]) {
      Logistic(location: $0("location"), scale: $0("scale"))
    },
    Case("uniform", ["lower", "upper"]) { Uniform(lower: $0("lower"), upper: $0("upper")) },
    Case("uniform2", ["lower", "upper"]) { Uniform(lower: $0("lower"), upper: $0("upper")) },
    Case("studentT", ["degreesOfFreedom", "location", "scale"]) {
      StudentT(
        degreesOfFreedom: $0("degreesOfFreedom"), location: $0("location"), scale: $0("scale"))
    },
  ]

  private static let positive: [Case] = [
    Case("gamma", ["concentration", "rate"]) {
      Gamma(concentration: $0("concentration"), rate: $0("rate"))
    },
    Case("gamma2", ["concentration", "rate"]) {
      Gamma(concentration: $0("concentration"), rate: $0("rate"))
    },
    Case("beta", ["alpha", "beta"]) { Beta(alpha: $0("alpha"), beta: $0("beta")) },
    Case("beta2", ["alpha", "beta"]) { Beta(alpha: $0("alpha"), beta: $0("beta")) },
    Case("dirichlet", ["concentration"]) { Dirichlet(concentration: $0("concentration")) },
    Case("dirichlet2", ["concentration"]) { Dirichlet(concentration: $0("concentration")) },
    Case("continuousBernoulli", ["logits"]) { ContinuousBernoulli(logits: $0("logits")) },
    Case("continuousBernoulli2", ["logits"]) { ContinuousBernoulli(logits: $0("logits")) },
    Case("continuousBernoulliNear", ["logits"]) { ContinuousBernoulli(logits: $0("logits")) },
  ]

  private static let counts: [Case] = [
    Case("poisson", ["logRate"]) { Poisson(logRate: $0("logRate")) },
    Case("poisson2", ["logRate"]) { Poisson(logRate: $0("logRate")) },
    Case("negativeBinomial", ["totalCount", "logits"]) {
      NegativeBinomial(totalCount: $0("totalCount"), logits: $0("logits"))
    },
  ]
}
