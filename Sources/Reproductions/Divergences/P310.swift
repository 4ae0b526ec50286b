import Datasets
import Distributions
import LatentCore
import LatentModels
import LatentNN
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// P310: codes that are held to the prior all together give better samples than codes held one by one.
///
/// **Source**: Tolstikhin, Bousquet, Gelly and Schölkopf 2018, arXiv 1711.01558, sections 2 to 4. A seed trains four
/// small networks.
public struct WassersteinAutoencoders: Reproduction {
  private static let size = 8
  private static let steps = 10_000
  private static let lambda = 10.0

  /// The experiment.
  public init() {}

  /// `P310`.
  public var paper: String { "P310" }
  /// The claim.
  public var claim: String {
    "Transport cost under a penalty on the aggregate posterior gives samples nearer to the data than a VAE's, "
      + "with reconstructions as good, and generalises the adversarial autoencoder."
  }
  /// What it is measured against.
  public var baseline: String {
    "VAE and plain autoencoder with the same layers, data and steps; the adversarial autoencoder's loss."
  }
  /// The data.
  public var data: String {
    "MNIST: all 60,000 training images, the first 2,000 test images, 2,000 samples; features of the "
      + "package's own classifier of MNIST"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Five.
  public var seeds: Int { 5 }

  /// The catalogue's acceptance; «far below» is a factor of ten.
  public var criteria: [Criterion] {
    [
      Criterion(
        "mmd-frechet", .atMost(1), "Fréchet distance of samples, WAE-MMD ÷ VAE"),
      Criterion(
        "gan-frechet", .atMost(1), "Fréchet distance of samples, WAE-GAN ÷ VAE"),
      Criterion(
        "mmd-reconstruction", .atMost(1), "held-out squared error, WAE-MMD ÷ VAE"),
      Criterion(
        "gan-reconstruction", .atMost(1), "held-out squared error, WAE-GAN ÷ VAE"),
      Criterion(
        "mmd-matching", .atLeast(1), unit: "log10",
        "MMD² of held-out codes to the prior, plain autoencoder ÷ WAE-MMD"),
      Criterion(
        "gan-matching", .atLeast(1), unit: "log10", "the same, plain autoencoder ÷ WAE-GAN"),
      Criterion(
        "adversarial-equality", .atMost(1e-6),
        "largest |WAE-GAN loss − adversarial autoencoder loss| ÷ loss, both players, float64"),
    ]
  }

  /// All seven.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let pictures = try PictureExperiment(trial, train: 60_000)
    func method(_ objective: any Objective) throws -> AutoencoderMethod {
      try pictures.trained(
        pictures.deterministic(size: Self.size), objective, steps: Self.steps)
    }
    let critic = CodeCritic(
      size: Self.size, hidden: [256, 256], slope: 0, using: trial.generator(.figures))
    let plain = try method(Distortion())
    let kernel = try method(PenalisedTransport(penalty: AggregateMMD(weight: Self.lambda)))
    let adversarial = try method(
      PenalisedTransport(
        penalty: LatentAdversary(weight: 0.8, critic: critic, criticRate: 1)))
    let vae = try pictures.trained(
      pictures.variational(size: Self.size), ELBO(), steps: Self.steps)
    let distance = try pictures.frechetDistance(of: vae)
    let error = pictures.reconstructionError(of: vae)
    func mismatch(_ method: AutoencoderMethod) -> Double {
      let codes = pictures.heldCodes(of: method)
      let prior = Tensor.randn(codes.shape, using: trial.generator(.test))
      let kernel = Kernel.inverseMultiquadratic(dimensions: Self.size)
      return squaredMMD(codes, prior, kernel: kernel, estimator: .biased).item()
    }
    return [
      "mmd-frechet": try pictures.frechetDistance(of: kernel) / distance,
      "gan-frechet": try pictures.frechetDistance(of: adversarial) / distance,
      "mmd-reconstruction": pictures.reconstructionError(of: kernel) / error,
      "gan-reconstruction": pictures.reconstructionError(of: adversarial) / error,
      "mmd-matching": log10(mismatch(plain) / mismatch(kernel)),
      "gan-matching": log10(mismatch(plain) / mismatch(adversarial)),
      "adversarial-equality": Self.inequality(pictures, trial),
    ]
  }

  /// How far the two players' losses are from those of an adversarial autoencoder that is written down
  /// with labels, at initial weights.
  private static func inequality(_ pictures: PictureExperiment, _ trial: Trial) -> Double {
    let network = pictures.deterministic(size: size).to(.float64)
    let critic = CodeCritic(size: size, hidden: [128, 128], using: trial.generator(.figures))
      .to(.float64)
    let examples = pictures.held.examples[0..<64].to(.float64)
    let weight = 10.0
    let step = Step(
      index: 0, epoch: 0, exampleCount: 64, generator: trial.generator(.validation))
    let batch = Batch(examples: examples, indices: Array(0..<64))
    let terms = PenalisedTransport(penalty: LatentAdversary(weight: weight, critic: critic))
      .terms(Pass(network, batch, step))

    let codes = network.posterior(of: examples).representative
    let drawn = network.samplePrior(64, using: trial.generator(.validation))
    func entropy(_ codes: Tensor, label: Double) -> Double {
      let logits = critic(codes)
      return binaryCrossEntropy(logits: logits, targets: Tensor.full(like: logits, label)).item()
    }
    let restored = network.decoder.mean(codes)
    let error = squaredError(restored, examples, reduction: .sum).item() / 64
    let autoencoder = error + weight * entropy(codes, label: 1)
    let told = 0.5 * (entropy(drawn, label: 1) + entropy(codes, label: 0))
    let own = terms.total()?.item() ?? .nan
    let critical = terms.total(for: Terms.critic)?.item() ?? .nan
    return max(
      Swift.abs(own - autoencoder) / autoencoder, Swift.abs(critical - told) / told)
  }
}
