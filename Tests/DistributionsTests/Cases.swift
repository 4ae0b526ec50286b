import Distributions
import Torch

extension Case {
  /// All cases.
  static let all: [Case] =
    basic + line + positive + counts + vectors + composed + manifolds + pixels

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

  private static let vectors: [Case] = [
    Case("multivariate", ["mean", "scaleFactor"]) {
      MultivariateNormal(mean: $0("mean"), scaleFactor: $0("scaleFactor"))
    },
    Case("multivariate2", ["mean", "scaleFactor"]) {
      MultivariateNormal(mean: $0("mean"), scaleFactor: $0("scaleFactor"))
    },
    Case("lowRank", ["mean", "factor", "diagonal"]) {
      LowRankMultivariateNormal(mean: $0("mean"), factor: $0("factor"), diagonal: $0("diagonal"))
    },
    Case("lowRank2", ["mean", "factor", "diagonal"]) {
      LowRankMultivariateNormal(mean: $0("mean"), factor: $0("factor"), diagonal: $0("diagonal"))
    },
    Case("diagonal3", ["mean", "standardDeviation"]) {
      DiagonalNormal(mean: $0("mean"), standardDeviation: $0("standardDeviation"))
    },
    Case("diagonal4", ["mean", "standardDeviation"]) {
      DiagonalNormal(mean: $0("mean"), standardDeviation: $0("standardDeviation"))
    },
    Case("standardVector4", []) { _ in StandardNormal([4], dtype: .float64).independent() },
    Case("standardVector", []) { _ in StandardNormal([3], dtype: .float64).independent() },
    Case("oneHot", ["logits"]) { OneHotCategorical(logits: $0("logits")) },
    Case("oneHot2", ["logits"]) { OneHotCategorical(logits: $0("logits")) },
    Case("relaxed", ["logits"]) {
      RelaxedOneHotCategorical(logits: $0("logits"), temperature: 0.7)
    },
  ]

  private static let composed: [Case] = [
    Case("mixture", ["logits", "mean", "logVariance"]) {
      MixtureSameFamily(mixing: Categorical(logits: $0("logits")), components: normal($0))
    },
    Case("vectorMixture", ["logits", "mean", "logVariance"]) {
      MixtureSameFamily(
        mixing: Categorical(logits: $0("logits")), components: normal($0).independent())
    },
    Case("logNormal", ["mean", "logVariance"]) { Transformed(normal($0), by: ExpBijector()) },
    Case("softplusNormal", ["mean", "logVariance"]) {
      Transformed(normal($0), by: SoftplusBijector())
    },
    Case("sigmoidNormal", ["mean", "logVariance"]) {
      Transformed(normal($0), by: SigmoidBijector())
    },
    Case("tanhNormal", ["mean", "logVariance"]) { Transformed(normal($0), by: TanhBijector()) },
    Case("affineNormal", ["mean", "logVariance"]) { Transformed(normal($0), by: affine(1.5, -2)) },
    Case("chainNormal", ["mean", "logVariance"]) {
      Transformed(normal($0), by: ChainBijector([affine(0.5, 0.7), TanhBijector(), affine(1, 3)]))
    },
  ]

  private static let manifolds: [Case] = [
    Case("circle", ["direction", "concentration"]) { vonMisesFisher($0) },
    Case("sphere", ["direction", "concentration"]) { vonMisesFisher($0) },
    Case("sphere2", ["direction", "concentration"]) { vonMisesFisher($0) },
    Case("sphere20", ["direction", "concentration"]) { vonMisesFisher($0) },
    Case("sphere500", ["direction", "concentration"]) { vonMisesFisher($0) },
    Case("sphereUniform", []) { _ in HypersphericalUniform(dimension: 3, dtype: .float64) },
    Case("hyperbolic", ["tangent", "standardDeviation"]) {
      WrappedHyperbolicNormal(
        location: Lorentz.expAtOrigin($0("tangent")), standardDeviation: $0("standardDeviation"))
    },
  ]

  private static let pixels: [Case] = [
    Case("pixels", ["logits", "means", "logScales", "coefficients"]) {
      DiscretizedLogisticMixture(
        logits: $0("logits"), means: $0("means"), logScales: $0("logScales"),
        coefficients: $0("coefficients"))
    },
    Case("grey", ["logits", "means", "logScales"]) {
      DiscretizedLogisticMixture(
        logits: $0("logits"), means: $0("means"), logScales: $0("logScales"), levels: 5)
    },
  ]

  /// The direction is normalised here, so that gradients stay on the sphere.
  private static func vonMisesFisher(_ inputs: Inputs) -> VonMisesFisher {
    let direction = inputs("direction")
    return VonMisesFisher(
      meanDirection: direction / direction.norm(dims: [-1], keepDim: true),
      concentration: inputs("concentration"))
  }

  private static func normal(_ inputs: Inputs) -> Normal {
    Normal(mean: inputs("mean"), logVariance: inputs("logVariance"))
  }

  private static func affine(_ shift: Double, _ scale: Double) -> AffineBijector {
    AffineBijector(
      shift: Tensor(shift, dtype: .float64), scale: Tensor(scale, dtype: .float64))
  }
}
