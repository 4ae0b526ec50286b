import Distributions
public import LatentCore
import Torch

/// Which covariance of the codes is drawn to the identity.
public enum DIPVariant: String, Sendable, CaseIterable, ConfigValue {
  /// DIP-VAE-I: the covariance of the posterior means.
  case i
  /// DIP-VAE-II: the covariance of the codes, which adds the mean of the posterior covariances.
  case ii
}

/// λ_od Σ_{i≠j} C_ij² + λ_d Σ_i (C_ii − 1)² with C the covariance of the code over the batch.
///
/// C = Cov[μ(x)] for variant I and E[Σ(x)] + Cov[μ(x)] for variant II; the covariance divides by the batch's
/// size. The terms are `dip-off-diagonal` and `dip-diagonal`. **Needs** a Gaussian posterior. **Source**: Kumar, Sattigeri
/// & Balakrishnan 2018, arXiv 1711.00848, eq. 5 to 7.
public struct DisentangledInferredPrior: Objective, Sendable {
  /// Which covariance.
  public var variant: DIPVariant
  /// λ_od, the weight of what is off the diagonal.
  public var offDiagonal: Double
  /// λ_d, the weight of the diagonal.
  public var diagonal: Double

  /// The penalty; by default λ_d is 10 λ_od for variant I and λ_od for variant II, as in the source.
  public init(_ variant: DIPVariant, offDiagonal: Double = 10, diagonal: Double? = nil) {
    self.variant = variant
    self.offDiagonal = offDiagonal
    self.diagonal = diagonal ?? (variant == .i ? 10 : 1) * offDiagonal
  }

  /// Adds both terms.
  public func add(to terms: inout Terms, _ pass: Pass) {
    let posterior = pass.gaussian
    var covariance = posterior.mean.transposed().covariance(correction: 0)
    if variant == .ii {
      covariance = covariance + posterior.variance.mean(dim: 0).diagonalMatrix()
    }
    let own = covariance.diagonal()
    let crossed = squared(covariance).sum() - squared(own).sum()
    terms.minimise("dip-off-diagonal", crossed, unit: .plain, weight: offDiagonal)
    terms.minimise("dip-diagonal", squared(own - 1).sum(), unit: .plain, weight: diagonal)
  }
}

extension AutoencoderRecipe {
  private static let variant = ConfigKey(
    "variant", default: DIPVariant.ii, "Covariance of the means (i), or of the codes (ii).")
  private static let offDiagonal = ConfigKey(
    "lambda-od", default: 10.0, in: .between(0, 1e6), "Weight of the covariances.")
  private static let ratio = ConfigKey(
    "lambda-ratio", default: 1.0, in: .between(0, 1e6),
    "Weight of the variances over that of the covariances; 10 is usual for variant i.")

  /// `latent train dip-vae`: the codes of all examples together are drawn to the identity covariance.
  public static let dipVAE = AutoencoderRecipe(
    "dip-vae", "Variational autoencoder whose codes are drawn to uncorrelated dimensions.",
    citations: [
      Citation(
        authors: "Kumar, Sattigeri & Balakrishnan",
        title:
          "Variational Inference of Disentangled Latent Concepts from Unlabeled Observations",
        year: 2018, arXiv: "1711.00848", place: "eq. 5 to 7")
    ],
    defaultSteps: 20_000,
    settings: ConfigSchema(variant, offDiagonal, ratio),
    shared: .disentangling
  ) { config, network, _ in
    let penalty = DisentangledInferredPrior(
      config[variant], offDiagonal: config[offDiagonal],
      diagonal: config[ratio] * config[offDiagonal])
    return VariationalMethod(network, objective: ELBO() + penalty)
  }
}
