import Datasets
import Distributions
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P191: charging for the aggregate posterior and not for information keeps codes informative.
///
/// **Source**: Zhao, Song and Ermon 2019, arXiv 1706.02262, sections 3 and 5. A seed trains two autoencoders with a
/// PixelCNN behind the code and two small ones on few images.
public struct InformationMaximising: Reproduction {
  private static let size = 10
  private static let steps = 1200
  private static let fewSteps = 3000
  /// Small beside the likelihood of 196 pixels: the discrepancy of 64 codes has noise of λ/64 a step, which must not
  /// drown what the decoder asks of the code.
  private static let lambda = 60.0
  /// Large enough to move a decoder that knows 500 images by heart.
  private static let fewLambda = 500.0

  /// The experiment.
  public init() {}

  /// `P191`.
  public var paper: String { "P191" }
  /// The claim.
  public var claim: String {
    "Under a decoder that can do without the code the ELBO's code carries nothing; with the MMD in place of the "
      + "rate it stays informative at the same likelihood, and its aggregate posterior nearer to the prior."
  }
  /// What it is measured against.
  public var baseline: String { "The ELBO with the same layers, data and steps." }
  /// The data.
  public var data: String {
    "MNIST halved to 14×14 pixels by means and cut at one half: the first 10,000 training and 2,000 test images; "
      + "for few examples the first 500 training images of 28×28"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance; «collapse» is less than half a nat and a probe below 0.3, «stay high» more than
  /// two nats and a probe above 0.7.
  public var criteria: [Criterion] {
    [
      Criterion(
        "elbo-information", .atMost(0.5), unit: "nat",
        "I(x; z) of the held-out images under the ELBO, PixelCNN decoder"),
      Criterion(
        "elbo-probe", .atMost(0.3), "accuracy of a linear probe of its posterior means for digits"),
      Criterion(
        "info-information", .atLeast(2), unit: "nat", "I(x; z) under the MMD objective"),
      Criterion("info-probe", .atLeast(0.7), "accuracy of the probe under the MMD objective"),
      Criterion(
        "likelihood-ratio", .atMost(1.02),
        "−log p(x) by importance sampling from optimised posteriors (200 images, 100 codes each), MMD objective ÷ ELBO"
      ),
      Criterion(
        "covariance-gain", .atLeast(0), unit: "nat",
        "500 training images, independent pixels: |log det Cov z| of the ELBO − of the MMD objective"
      ),
    ]
  }

  /// All six.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let pictures = try PictureExperiment(trial)
    let training = Self.halved(pictures.training.examples)
    let held = Self.halved(pictures.held.examples)
    func trained(_ objective: any Objective) throws -> AutoencoderMethod {
      let method = AutoencoderMethod(
        Self.network(Array(held.shape.dropFirst()), trial), objective: objective)
      try trial.train(
        method, on: training, steps: trial.size(Self.steps, quick: 3), batchSize: 64,
        learningRate: .cosine(from: 2e-3, to: 2e-4, steps: Self.steps))
      return method
    }
    let bound = try trained(ELBO())
    let informed = try trained(Self.objective(lambda: Self.lambda))
    let labels = pictures.held.labels ?? Tensor(0)
    let (plain, kept) = (cost(of: bound, held, trial), cost(of: informed, held, trial))
    return [
      "elbo-information": information(of: bound, held, trial),
      "elbo-probe": try probe(bound, held, labels),
      "info-information": information(of: informed, held, trial),
      "info-probe": try probe(informed, held, labels),
      "likelihood-ratio": kept / plain,
      "covariance-gain": try fewExamples(pictures, trial),
    ]
  }

  private static func objective(lambda: Double) -> any Objective {
    InformationObjective(alpha: 1, lambda: lambda) { AggregateMMD(weight: $0, kernel: .rbf) }
  }

  /// A dense encoder before a PixelCNN that sees the code at every place.
  private static func network(_ shape: [Int], _ trial: Trial) -> Autoencoder {
    let generator = trial.generator(.initialisation)
    let encoder = denseEncoder(shape.reduce(1, *), hidden: [256], using: generator)
    let bottleneck = GaussianBottleneck(features: 256, size: size, using: generator)
    let model = AutoregressiveModel(
      shape: shape, levels: 2, condition: size,
      sizes: PixelCNNSizes(width: 16, blocks: 2, scales: 1), using: generator
    ) { SoftmaxHead(width: $0, channels: 1, levels: 2, using: $1) }
    let decoder = AutoregressiveDecoder(conditioner: Unflatten([size, 1, 1]), model: model)
    return Autoencoder(encoder: encoder, bottleneck: bottleneck, decoder: decoder)
  }

  /// Pictures `[n, 1, 2h, 2w]` as ones and zeros `[n, 1, h, w]`.
  private static func halved(_ pictures: Tensor) -> Tensor {
    let (n, h, w) = (pictures.size(0), pictures.size(2) / 2, pictures.size(3) / 2)
    let means = pictures.reshaped([n, 1, h, 2, w, 2]).mean(dims: [3, 5])
    return (means .> 0.5).to(.float32)
  }

  /// I(x; z) = E log q(z|x) − log q(z), q(z) the posterior of all examples together; at most log n.
  private func information(
    of method: AutoencoderMethod, _ examples: Tensor, _ trial: Trial
  ) -> Double {
    withoutGradients {
      guard let q = method.autoencoder.posterior(of: examples) as? GaussianPosterior else {
        return .nan
      }
      let density = AggregateDensity(
        q.normal, codes: q.normal.sample([], using: trial.generator(.validation)),
        exampleCount: examples.size(0), sampling: .weighted)
      return (density.logConditional - density.logJoint).mean().item()
    }
  }

  /// A linear probe fitted to three fifths of the codes, chosen on a fifth, tested on the last.
  private func probe(
    _ method: AutoencoderMethod, _ examples: Tensor, _ labels: Tensor
  ) throws -> Double {
    let codes = withoutGradients { method.encode(examples) }
    let all = try LabelledCodes(codes: codes, labels: labels)
    let fifth = all.count / 5
    func part(_ range: Range<Int>) -> LabelledCodes { all.selected(Tensor(Array(range))) }
    return try LinearProbe(
      train: part(0..<3 * fifth), validation: part(3 * fifth..<4 * fifth),
      penalties: [1e-2, 1, 100]
    ).accuracy(on: part(4 * fifth..<5 * fifth))
  }

  /// −log p(x) in nats, mean over the first 200 examples, by importance sampling from posteriors that were optimised
  /// one by one: those of an encoder without a rate are far narrower than the model's own and would miss its mass.
  private func cost(of method: AutoencoderMethod, _ held: Tensor, _ trial: Trial) -> Double {
    let examples = held[0..<trial.size(200, quick: 4)]
    let found = withoutGradients { method.autoencoder.posterior(of: examples) }
    guard let start = found as? GaussianPosterior else { return .nan }
    let free = FreePosterior(of: method, targets: examples)
    let source = trial.generator(.validation)
    let best = free.optimised(
      from: start.normal, steps: trial.size(300, quick: 2), using: source)
    return -free.logEvidence(best, draws: trial.size(100, quick: 2), using: source).mean().item()
  }

  /// |log det Cov z| of the ELBO less that of the MMD objective, over 20 draws for each of 500 images.
  private func fewExamples(_ pictures: PictureExperiment, _ trial: Trial) throws -> Double {
    let few = pictures.training.examples[0..<trial.size(500, quick: 50)]
    func distance(_ objective: any Objective) throws -> Double {
      let method = AutoencoderMethod(pictures.variational(size: Self.size), objective: objective)
      try trial.train(
        method, on: few, steps: trial.size(Self.fewSteps, quick: 3), batchSize: 100)
      return withoutGradients {
        guard let q = method.autoencoder.posterior(of: few) as? GaussianPosterior else {
          return .nan
        }
        let codes = q.normal.sample([20], using: trial.generator(.validation))
          .flattened(from: 0, through: 1).to(.float64)
        return Swift.abs(LinearAlgebra.logdet(codes.transposed().covariance()).item())
      }
    }
    return try distance(ELBO()) - distance(Self.objective(lambda: Self.fewLambda))
  }
}
