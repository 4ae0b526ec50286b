import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P200: more draws give a tighter bound, and training by it a better model with more active units.
///
/// **Source**: Burda, Grosse and Salakhutdinov 2016, arXiv 1509.00519; closed forms: `LinearGaussian`.
public struct ImportanceWeightedAutoencoders: Reproduction {
  private static let draws = 50
  private static let batch = 20
  private static let passes = 3

  /// The experiment.
  public init() {}

  /// `P200`.
  public var paper: String { "P200" }
  /// The claim.
  public var claim: String {
    "The importance-weighted bound tightens with the number of draws, and training by 50 of them gives "
      + "better test likelihood and more active units than the VAE with the same network."
  }
  /// What it is measured against.
  public var baseline: String {
    "Exact evidence of linear-Gaussian data; the VAE with the same network, batches and passes, with one "
      + "draw and with the mean of 50."
  }
  /// The data.
  public var data: String {
    "linear-Gaussian: 8 numbers from 3 codes, 2000 examples; MNIST, binarised anew at each reading: 60,000 "
      + "to train for three passes in batches of 20, the first 200 of the test set with 5000 draws each, "
      + "1000 for active units; 784-200-200-50, tanh"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Eight.
  public var seeds: Int { 8 }

  /// The catalogue's acceptance; 1.5 nats is the least gap of the independent reproductions' range.
  public var criteria: [Criterion] {
    [
      Criterion(
        "linear-rise", .atLeast(0), unit: "nat",
        "smallest rise of the bound from k = 1 to 5, 5 to 50 and 50 to 500"),
      Criterion(
        "linear-remainder", .atMost(0.05),
        "log-evidence − bound of k = 500 ÷ log-evidence − ELBO"),
      Criterion(
        "linear-excess", .atMost(0.01), unit: "nat", "bound of k = 500 − exact log-evidence"),
      Criterion(
        "mnist-gap", .atLeast(1.5), unit: "nat",
        "test negative log-likelihood of the VAE − of IWAE-50, 5000 draws, equal passes"),
      Criterion(
        "mnist-gap-50", .atLeast(0), unit: "nat",
        "the same against the VAE whose gradient is averaged over 50 draws, which leaves the bound alone"
      ),
      Criterion(
        "mnist-units", .atLeast(1), "active units of IWAE-50 − of the VAE, of 50"),
    ]
  }

  /// One stochastic layer, dynamically binarised MNIST, 3280 passes.
  public var references: [Reference] {
    let what = "test NLL, VAE k = 1 and IWAE k = 50"
    return [
      Reference(what, "86.76 and 84.78 nats", source: "Burda et al. 2016, table 1"),
      Reference(what, "86.35 and 84.59 nats", source: "github.com/nbip/IWAE"),
      Reference(
        what, "87.78 and 84.59 nats", source: "github.com/xqding/Importance_Weighted_Autoencoders"),
      Reference("active units, the same", "19 and 25 of 50", source: "Burda et al. 2016, table 1"),
    ]
  }

  /// Both parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    try linear(trial).merging(mnist(trial)) { first, _ in first }
  }

  /// Bounds of a decoder whose posterior is correlated by the best encoder that is not.
  ///
  /// q(z|x) has the posterior's mean and the reciprocals of its precision's diagonal, the minimiser of
  /// KL(q ‖ p(z|x)) among diagonal Gaussians; so the gap at k = 1 does not vanish.
  private func linear(_ trial: Trial) throws -> [String: Double] {
    let source = trial.generator(.order)
    let (d, k) = (8, 3)
    let law = LinearGaussian(
      weight: Tensor.randn([d, k], using: source, dtype: .float64),
      offset: Tensor.zeros([d], dtype: .float64), noiseVariance: Tensor(1.0, dtype: .float64))
    let examples = law.sample(trial.size(2000, quick: 20), using: source)
    let exact = law.evidence.logProbability(examples).mean().item()
    let precision =
      matmul(law.weight.transposed(), law.weight) + Tensor.eye(k, dtype: .float64)
    let posterior = GaussianPosterior(
      Normal(
        mean: law.posterior(of: examples).mean,
        logVariance: -log(precision.diagonal()).expanded([examples.size(0), k])))
    let noise = trial.generator(.noise)
    let bounds = try [1, 5, 50, 500].map { count in
      // The same number of draws for each bound: 16,000 of one, 32 of 500. The last rise is some thousandths of a nat.
      let repeats = trial.size(16_000, quick: 500) / count
      let values = try (0..<repeats).map { _ in
        try trial.checkBudget()
        let drawn = posterior.draws(count, stoppingDensity: false, using: noise)
        let mean = linear(drawn.codes, law)
        let likelihood = Normal(mean: mean, standardDeviation: 1).logProbability(examples)
        return importanceWeightedBound(logWeights: likelihood.sum(dim: -1) + drawn.logRatio)
          .value.mean().item()
      }
      return values.reduce(0, +) / Double(repeats)
    }
    let rises = zip(bounds.dropFirst(), bounds).map { $0 - $1 }
    return [
      "linear-rise": rises.min() ?? 0,
      "linear-remainder": (exact - bounds[3]) / (exact - bounds[0]),
      "linear-excess": bounds[3] - exact,
    ]
  }

  private func linear(_ codes: Tensor, _ law: LinearGaussian) -> Tensor {
    Torch.linear(codes, weight: law.weight, bias: law.offset)
  }

  private func mnist(_ trial: Trial) throws -> [String: Double] {
    let (train, test) = try trial.pictures("mnist", train: 60_000, test: 1000)
    let held = Tensor.bernoulli(test, using: trial.generator(.test))
    let steps = trial.size(Self.passes * train.size(0) / Self.batch, quick: 3)
    func measured(_ objective: any Objective) throws -> (nll: Double, units: Int) {
      let method = VariationalMethod(
        denseVAE(
          exampleShape: Array(train.shape.dropFirst()), hidden: [200, 200], latent: 50,
          activation: .tanh, using: trial.generator(.initialisation)), objective: objective)
      try trial.train(
        method, on: train, steps: steps, batchSize: Self.batch,
        learningRate: .cosine(from: 2e-3, to: 1e-4, steps: steps))
      let likelihood = method.autoencoder.importanceSampledLogLikelihood(
        held[0..<trial.size(200, quick: 8)], draws: trial.size(5000, quick: 20),
        using: trial.generator(.validation))
      return (-likelihood.mean().item(), method.autoencoder.activeUnits(held))
    }
    let vae = try measured(ELBO())
    let draws = trial.size(Self.draws, quick: 3)
    let iwae = try measured(ImportanceWeighted(draws: draws))
    let mean = try measured(ImportanceWeighted(draws: draws, estimator: .multiply(bounds: draws)))
    return [
      "mnist-gap": vae.nll - iwae.nll, "mnist-gap-50": mean.nll - iwae.nll,
      "mnist-units": Double(iwae.units - vae.units),
    ]
  }
}
