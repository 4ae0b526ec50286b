import Torch

/// −log p(x|z) at one draw of the code an example, mean over the batch: the term `distortion`.
///
/// In nats for a likelihood, otherwise in the decoder's unit. With it come the bottleneck's own
/// penalties, such as a codebook's commitment.
public struct Distortion: Objective, Sendable {
  /// The weight of the distortion.
  public var weight: Double

  /// The distortion with this weight.
  public init(weight: Double = 1) {
    self.weight = weight
  }

  /// Adds `distortion` and the bottleneck's penalties.
  public func add(to terms: inout Terms, _ pass: Pass) {
    terms.minimise(
      "distortion", pass.logLikelihood.sum() / -pass.logLikelihood.count,
      unit: pass.model.decoder.unit, weight: weight)
    for penalty in pass.draw.penalties {
      guard let weight = penalty.weight else {
        terms.watch(penalty.name, penalty.value, unit: penalty.unit)
        continue
      }
      terms.minimise(penalty.name, penalty.value, unit: penalty.unit, weight: weight)
    }
  }
}

/// β KL(q(z|x) ‖ p(z)), mean over the batch, in nats: the term `rate`, one for each channel of the code.
///
/// Exact where the pair of distributions has a closed form, otherwise at the draw. Annealing and free
/// bits come from the step: what is minimised is then w β Σ_d max(λ, mean_B KL_d) under the name
/// `rate-floor` (Kingma et al. 2016, arXiv 1606.04934, eq. 15; Bowman et al. 2015, arXiv 1511.06349),
/// and `rate` stays the divergence itself, watched.
public struct Rate: Objective, Sendable {
  /// β.
  public var beta: Double

  /// The rate with this weight.
  public init(beta: Double = 1) {
    self.beta = beta
  }

  /// Adds a rate for each channel.
  public func add(to terms: inout Terms, _ pass: Pass) {
    for rate in pass.draw.rates {
      terms.minimiseRate(rate.value, name: rate.name, weight: beta, pass.step)
    }
  }
}

/// The negative evidence lower bound: −ELBO = E_q[−log p(x|z)] + β KL(q(z|x) ‖ p(z)), mean over the batch.
///
/// The first part is `distortion`, the second `rate`, and `elbo` (watched) is −(distortion + rate)
/// whatever β. **Randomness**: that of one draw of the codes. **Source**: Kingma & Welling 2013,
/// arXiv 1312.6114, eq. 10; β: Higgins et al. 2017.
public struct ELBO: Objective, Sendable {
  /// β, the weight of the rate; 1 is the bound.
  public var beta: Double

  /// The bound, or its β-weighted relative.
  public init(beta: Double = 1) {
    self.beta = beta
  }

  /// Adds the bound, then its two parts.
  public func add(to terms: inout Terms, _ pass: Pass) {
    terms.watchBound(pass)
    Distortion().add(to: &terms, pass)
    Rate(beta: beta).add(to: &terms, pass)
  }
}

extension Terms {
  /// Writes `elbo` down: log p(x|z) − Σ rates at the draw of the pass, mean over the batch, in nats.
  public mutating func watchBound(_ pass: Pass) {
    // Both are computed when they are first asked for, which must not be where gradients are off.
    let (likelihood, rates) = (pass.logLikelihood, pass.draw.rates)
    let bound = withoutGradients {
      rates.reduce(likelihood.sum()) { $0 - $1.value.sum() } / pass.count
    }
    watch("elbo", bound, unit: .nats)
  }
}
