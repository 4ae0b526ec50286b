import Distributions
import LatentCore
import LatentLearning
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// P109: the reparameterised bound, trained by plain stochastic gradients, reaches the evidence.
///
/// Where data are linear and Gaussian the evidence, the posterior and the best model are known, so each
/// claim has an exact answer. **Source**: Kingma and Welling 2013, arXiv 1312.6114; closed forms:
/// `LinearGaussian`. On MNIST the bound is compared with wake-sleep's.
public struct AutoEncodingVariationalBayes: Reproduction {
  private static let (d, k) = (12, 4)
  private static let batch = 100

  /// The experiment.
  public init() {}

  /// `P109`.
  public var paper: String { "P109" }
  /// The claim.
  public var claim: String {
    "Stochastic gradients through reparameterised samples train an encoder and a decoder to the "
      + "bound's optimum, with far less variance than the score function's."
  }
  /// What it is measured against.
  public var baseline: String {
    "Exact evidence and posterior of linear-Gaussian data; the score-function gradient; wake-sleep "
      + "on MNIST."
  }
  /// The data.
  public var data: String {
    "x = W z + μ + σ ε, 12 numbers from 4 codes, 5000 to train and 5000 held out, new for each seed; "
      + WakeSleepComparison.data
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance; the margins that it leaves open are stated here.
  ///
  /// Ratios of variances spread over orders of magnitude, so their logarithms are averaged; «far
  /// below» is a factor of ten.
  public var criteria: [Criterion] {
    [
      Criterion(
        "training-gap", .atMost(0.05), unit: "nat",
        "largest log-evidence that any model of the kind gives the training data − trained ELBO"),
      Criterion(
        "held-out-gap", .atMost(0.05), unit: "nat",
        "log-evidence of held-out data under the law that made them − trained ELBO"),
      Criterion(
        "posterior-mean", .atMost(0.1),
        "root mean square of encoder mean − analytic mean, in analytic standard deviations"),
      Criterion(
        "posterior-deviation", .atMost(0.05),
        "root mean square of the logarithm of encoder ÷ analytic standard deviation"),
      Criterion(
        "variance-initial", .atLeast(1), unit: "log10",
        "gradient variance of the score function ÷ of the reparameterisation, initial weights"),
      Criterion(
        "variance-trained", .atLeast(1), unit: "log10", "the same with the trained weights"),
      Criterion(
        "variance-baseline", .atLeast(0), unit: "log10",
        "the same, trained, with E log p(x|z) subtracted in the score function"),
      Criterion(
        "mnist-wake-sleep", .atLeast(0), unit: "nat",
        "test ELBO − wake-sleep's at equal samples seen, the smallest of three latent sizes"),
      Criterion(
        "mnist-extra-latents", .atLeast(-0.5), unit: "nat",
        "test ELBO of the larger latent size − of the next smaller, the smallest of two steps"),
    ]
  }

  /// The linear-Gaussian claims, then those on MNIST.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let source = trial.generator(.order)
    let law = LinearGaussian(
      weight: Tensor.randn([Self.d, Self.k], using: source, dtype: .float64),
      offset: Tensor.randn([Self.d], using: source, dtype: .float64),
      noiseVariance: Tensor(0.25, dtype: .float64))
    let count = trial.size(5000, quick: 200)
    let training = law.sample(count, using: source)
    let held = law.sample(count, using: trial.generator(.test))
    let model = LinearGaussianVAE(d: Self.d, k: Self.k, using: trial.generator(.initialisation))
    let draws = trial.size(500, quick: 4)
    let noise = trial.generator(.validation)
    func variance(_ estimator: GradientEstimator) -> Double {
      let examples = held[0..<Self.batch]
      return GradientMoments(estimator, of: model, on: examples, draws: draws, using: noise)
        .variance
    }
    let initial = variance(.scoreFunction) / variance(.reparameterised)
    try train(model, on: training, order: source, trial)
    let reparameterised = variance(.reparameterised)
    var numbers = Self.closeness(of: model, training: training, held: held, law: law)
    numbers["variance-initial"] = log10(initial)
    numbers["variance-trained"] = log10(variance(.scoreFunction) / reparameterised)
    numbers["variance-baseline"] = log10(
      variance(.scoreFunctionWithBaseline) / reparameterised)
    return numbers.merging(try WakeSleepComparison.measure(trial)) { first, _ in first }
  }

  /// Adam on one draw of the code an example, its rate falling to zero.
  ///
  /// The claims are about the optimum: 8,000 steps still leave 0.05 nat in one of three seeds.
  private func train(
    _ model: LinearGaussianVAE, on data: Tensor, order: Generator, _ trial: Trial
  ) throws {
    let steps = trial.size(30_000, quick: 20)
    let noise = trial.generator(.noise)
    let optimizer = Optimizer(
      Adam(), for: model, learningRate: .cosine(from: 1e-2, to: 0, steps: steps))
    for _ in 0..<steps {
      try trial.checkBudget()
      let rows = Tensor.randint(0..<data.size(0), [Self.batch], using: order)
      let examples = data.selected(rows, dim: 0)
      let gradients = valueAndGradient(of: model) {
        GradientEstimator.reparameterised.loss($0, examples, using: noise)
      }.gradients
      optimizer.update(with: gradients)
    }
  }

  /// How near the trained model is to what is known, without sampling.
  private static func closeness(
    of model: LinearGaussianVAE, training: Tensor, held: Tensor, law: LinearGaussian
  ) -> [String: Double] {
    withoutGradients {
      func bound(_ examples: Tensor) -> Double {
        model.law.evidenceLowerBound(examples, codes: model.bottleneck(examples)).mean().item()
      }
      let best = LinearGaussian.mostProbable(for: training, k: k).evidence
      let codes = model.bottleneck(held)
      let exact = model.law.posterior(of: held)
      let deviation = sqrt(exact.variance)
      let shift = (codes.mean - exact.mean) / deviation
      let stretch = log(codes.standardDeviation / deviation)
      return [
        "training-gap": best.logProbability(training).mean().item() - bound(training),
        "held-out-gap": law.evidence.logProbability(held).mean().item() - bound(held),
        "posterior-mean": squared(shift).mean().item().squareRoot(),
        "posterior-deviation": squared(stretch).mean().item().squareRoot(),
      ]
    }
  }
}
