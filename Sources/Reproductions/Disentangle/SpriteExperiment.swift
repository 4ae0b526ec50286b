import Datasets
import Distributions
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// Rendered sprites of 32 × 32 pixels in memory, to train on and to measure on, with one small network.
///
/// The factors are shape, scale, angle, x and y; no factor has more than 16 values, so that a code that is
/// a factor keeps all of it in the 20 bins of the scores. As is the custom in the literature on factors, training
/// sees every combination and nothing is held out: the claims are about what codes hold, not about new examples.
struct SpriteExperiment {
  /// The words for `Reproduction.data`.
  static let data =
    "sprites (rendered here, in place of dSprites): 32×32 pixels, 3 shapes × 6 scales × 10 angles × 16×16 "
    + "places, all 46,080 to train; scores on 5,000 of them, drawn anew for each seed"
  static let latent = 10

  /// What methods learn from, `[n, 1, 32, 32]`, in an order of the trial's own.
  let training: Tensor
  /// What they are measured on.
  let measured: Batch
  private let factors: [Factor]
  private let trial: Trial

  /// The data of a trial.
  init(_ trial: Trial) throws {
    let sprites = try SpriteDataset(SpriteGrid(size: 32, angles: 10, positions: 16))
    let rows = Tensor.randperm(sprites.count, using: trial.generator(.test)).scalars(as: Int.self)
    training = try sprites.batch(Array(rows[..<trial.size(sprites.count, quick: 400)])).examples
    measured = try sprites.batch(Array(rows[..<trial.size(5_000, quick: 200)]))
    factors = sprites.schema.factors ?? []
    self.trial = trial
  }

  /// A fresh network with the trial's initial weights: 256 and 128 hidden units, ten dimensions.
  func network() -> Autoencoder {
    denseVAE(
      exampleShape: [1, 32, 32], hidden: [256, 128], latent: Self.latent,
      likelihood: BernoulliLikelihood(binarisation: .none),
      using: trial.generator(.initialisation))
  }

  /// A network trained for `objective` on batches of 64; `observe` is told of the steps done.
  func trained(
    _ objective: any Objective, steps: Int, learningRate: Schedule = 1e-3,
    observe: (_ method: AutoencoderMethod, _ step: Int) throws -> Void = { _, _ in }
  ) throws -> AutoencoderMethod {
    let method = AutoencoderMethod(network(), objective: objective)
    try trial.train(method, on: training, steps: steps, batchSize: 64, learningRate: learningRate) {
      try observe(method, $0)
    }
    return method
  }

  /// Distortion and rate of the measured examples, in nats.
  func parts(of method: AutoencoderMethod) -> (distortion: Double, rate: Double) {
    let step = Step(
      index: 0, epoch: 0, exampleCount: measured.count, generator: trial.generator(.validation))
    let terms = withoutGradients { ELBO().terms(Pass(method.autoencoder, measured, step)) }
    let numbers = Dictionary(uniqueKeysWithValues: terms.numbers.map { ($0.name, $0.value) })
    return (numbers["distortion"] ?? .nan, numbers["rate"] ?? .nan)
  }

  /// The posterior means of the measured examples, `[n, d]`.
  func codes(of method: AutoencoderMethod) -> Tensor {
    withoutGradients { method.encode(measured.examples) }
  }

  /// How well the factors can be read off draws of the codes, which unlike means hold no more than the rate,
  /// distances in units of the posterior's standard deviations.
  func probe(_ method: AutoencoderMethod) -> FactorProbe {
    withoutGradients {
      let posterior = method.autoencoder.posterior(of: measured.examples)
      let deviation = (posterior as? GaussianPosterior).map {
        sqrt($0.normal.variance.mean(dim: 0))
      }
      return FactorProbe(
        codes: posterior.draw(using: trial.generator(.figures)).codes,
        noise: deviation ?? Tensor(1.0), factors: measured.factors ?? Tensor(0))
    }
  }

  /// A score of the measured examples' posterior means.
  func score(_ metric: any FactorMetric, _ method: AutoencoderMethod) throws -> Double {
    try score(metric, codes: codes(of: method))
  }

  /// A score of any codes of the measured examples beside the factors from number `first` on.
  func score(_ metric: any FactorMetric, codes: Tensor, from first: Int = 0) throws -> Double {
    let table = (measured.factors ?? Tensor(0))[.all, first..<factors.count]
    let data = try CodesAndFactors(
      codes: codes, factors: table, described: Array(factors[first...]))
    return try metric.estimate(data, MetricOptions(resamples: 0)).value
  }

  /// The posteriors of all training examples, batch shape `[n, d]`.
  func posteriors(of method: AutoencoderMethod) -> Normal {
    let parts = withoutGradients {
      training.split(4096).compactMap { examples in
        (method.autoencoder.posterior(of: examples) as? GaussianPosterior)?.normal
      }
    }
    return Normal(
      mean: concatenated(parts.map(\.mean)), logVariance: concatenated(parts.map(\.logVariance)))
  }

  /// KL(q(z) ‖ Π q(z_j)) in nats, q(z) the posterior of all examples together, at 500 draws.
  ///
  /// Of a part of the examples q(z) would be a few separate peaks, and the more informative the code the larger
  /// its total correlation.
  func totalCorrelation(of method: AutoencoderMethod) -> Double {
    withoutGradients {
      let q = posteriors(of: method)
      let count = q.mean.size(0)
      let source = trial.generator(.validation)
      let rows = Tensor.randint(0..<count, [trial.size(500, quick: 20)], using: source)
      let own = Normal(
        mean: q.mean.selected(rows, dim: 0), logVariance: q.logVariance.selected(rows, dim: 0))
      let all = Normal(
        mean: q.mean.unsqueezed(dim: 0), logVariance: q.logVariance.unsqueezed(dim: 0))
      let size = log(Tensor(Double(count))).item()
      let ratios = own.sample([], using: source).split(20).map { codes -> Tensor in
        let pairwise = all.logProbability(codes.unsqueezed(dim: 1))
        let joint = pairwise.sum(dim: -1).logSumExp(dim: 1) - size
        return joint - (pairwise.logSumExp(dim: 1) - size).sum(dim: -1)
      }
      return concatenated(ratios).mean().item()
    }
  }
}
