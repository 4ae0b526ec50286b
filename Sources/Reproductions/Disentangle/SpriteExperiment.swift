import Datasets
import Distributions
import Evaluation
import LatentCore
import LatentModels
import LatentNN
import Torch

/// Rendered sprites of 32 × 32 pixels in memory, to train on and to measure on, with one small network.
///
/// The factors are shape, scale, angle, x and y; no factor has more than 20 values, so that a code that is
/// a factor keeps all of it in the 20 bins of the scores.
struct SpriteExperiment {
  /// The words for `Reproduction.data`.
  static let data =
    "sprites (rendered here, in place of dSprites): 32×32 pixels, 3 shapes × 6 scales × 20 angles × 16×16 "
    + "places, 20,000 to train and 5,000 others to measure, drawn anew for each seed"
  static let latent = 10

  /// What methods learn from, `[n, 1, 32, 32]`.
  let training: Tensor
  /// What they are measured on.
  let held: Batch
  private let sprites: SpriteDataset
  private let trial: Trial

  /// The data of a trial.
  init(_ trial: Trial) throws {
    sprites = try SpriteDataset(SpriteGrid(size: 32, angles: 20, positions: 16))
    let count = trial.size(20_000, quick: 400)
    let measured = trial.size(5_000, quick: 200)
    let rows = Tensor.randperm(sprites.count, using: trial.generator(.test)).scalars(as: Int.self)
    training = try sprites.batch(Array(rows[..<count])).examples
    held = try sprites.batch(Array(rows[count..<count + measured]))
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
    _ objective: any Objective, steps: Int,
    observe: (_ method: AutoencoderMethod, _ step: Int) throws -> Void = { _, _ in }
  ) throws -> AutoencoderMethod {
    let method = AutoencoderMethod(network(), objective: objective)
    try trial.train(method, on: training, steps: steps, batchSize: 64) {
      try observe(method, $0)
    }
    return method
  }

  /// Distortion and rate of the held examples, in nats.
  func parts(of method: AutoencoderMethod) -> (distortion: Double, rate: Double) {
    let step = Step(
      index: 0, epoch: 0, exampleCount: held.count, generator: trial.generator(.validation))
    let terms = withoutGradients { ELBO().terms(Pass(method.autoencoder, held, step)) }
    let numbers = Dictionary(uniqueKeysWithValues: terms.numbers.map { ($0.name, $0.value) })
    return (numbers["distortion"] ?? .nan, numbers["rate"] ?? .nan)
  }

  /// The posterior means of the held examples, `[n, d]`.
  func codes(of method: AutoencoderMethod) -> Tensor {
    withoutGradients { method.encode(held.examples) }
  }

  /// A score of the held examples' posterior means.
  func score(_ metric: any FactorMetric, _ method: AutoencoderMethod) throws -> Double {
    try score(metric, codes: codes(of: method))
  }

  /// A score of any codes of the held examples beside the factors from number `first` on.
  func score(_ metric: any FactorMetric, codes: Tensor, from first: Int = 0) throws -> Double {
    let factors = sprites.schema.factors ?? []
    let table = (held.factors ?? Tensor(0))[.all, first..<factors.count]
    let data = try CodesAndFactors(
      codes: codes, factors: table, described: Array(factors[first...]))
    return try metric.estimate(data, MetricOptions(resamples: 0)).value
  }

  /// KL(q(z) ‖ Π q(z_j)) in nats, q(z) the posterior of every sprite of the grid together, at 500 draws.
  ///
  /// Of a part of the grid alone q(z) would be a few separate peaks, and the more informative the code the larger
  /// its total correlation.
  func totalCorrelation(of method: AutoencoderMethod) throws -> Double {
    let count = trial.size(sprites.count, quick: 1000)
    var moments: [(mean: Tensor, logVariance: Tensor)] = []
    for start in stride(from: 0, to: count, by: 4096) {
      let examples = try sprites.batch(Array(start..<min(start + 4096, count))).examples
      withoutGradients {
        if let q = method.autoencoder.posterior(of: examples) as? GaussianPosterior {
          moments.append((q.normal.mean, q.normal.logVariance))
        }
      }
    }
    return withoutGradients {
      let mean = concatenated(moments.map(\.mean))
      let logVariance = concatenated(moments.map(\.logVariance))
      let source = trial.generator(.validation)
      let rows = Tensor.randint(0..<count, [trial.size(500, quick: 20)], using: source)
      let own = Normal(
        mean: mean.selected(rows, dim: 0), logVariance: logVariance.selected(rows, dim: 0))
      let all = Normal(
        mean: mean.unsqueezed(dim: 0), logVariance: logVariance.unsqueezed(dim: 0))
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
