public import LatentCore
public import LatentNN
public import Torch
import Distributions

/// −ELBO whose encoder gradient comes from the score function, for codes that have no gradient.
///
/// The gradient of E_q[log p(x|z)] in the encoder is estimated by (log p(x|z) − b(x)) ∇ log q(z|x) at one
/// draw; the rate is exact. The baseline b is a network of the example, fitted by squared error to
/// log p(x|z) in the term `baseline-error`, which touches nothing else. **Needs** a categorical posterior
/// drawn with the estimator `score-function`; **fails** (stops) for another. **Source**: Mnih & Gregor
/// 2014, arXiv 1402.0030, section 2.3; the comparison of Jang, Gu & Poole 2017, table 1.
public struct ScoreFunctionELBO: Objective {
  /// β, the weight of the rate.
  public let beta: Double
  /// b.
  public let baseline: LikelihoodBaseline

  /// The bound with this baseline.
  public init(beta: Double = 1, baseline: LikelihoodBaseline) {
    self.beta = beta
    self.baseline = baseline
  }

  /// The baseline.
  public var critics: [Module] { [baseline] }

  /// One player: the baseline's term has gradients for the baseline alone.
  public var players: [Player]? { [Player()] }

  /// Adds `elbo`, `distortion`, `rate` and `baseline-error`.
  public func add(to terms: inout Terms, _ pass: Pass) {
    guard let posterior = pass.posterior as? RelaxedCategoricalPosterior else {
      preconditionFailure(
        "the score function needs a categorical posterior, found \(type(of: pass.posterior))")
    }
    let guess = baseline(pass.targets)
    let estimate = scoreFunctionEstimate(
      of: pass.logLikelihood, logProbability: posterior.logProbability(pass.draw.codes),
      baseline: guess)
    let elements = Double(max(pass.targets.count / pass.count, 1))
    let error = squared((pass.logLikelihood.detached() - guess) / elements).mean()
    terms.watchBound(pass)
    terms.minimise("distortion", -estimate.mean(), unit: pass.model.decoder.unit)
    Rate(beta: beta).add(to: &terms, pass)
    terms.minimise("baseline-error", error, unit: .plain)
  }
}

/// A guess of log p(x|z) from the example alone: b(x) = −elements · f(x), f one hidden layer.
///
/// **Shapes**: x `[B] + exampleShape` → `[B]`, in nats. The factor keeps f near one.
public final class LikelihoodBaseline: Module {
  /// f.
  public let network: Sequential
  private let elements: Int

  /// A baseline for examples of `elements` numbers.
  public init(elements: Int, hidden: Int = 100, using generator: Generator) {
    self.elements = elements
    network = denseStack([elements, hidden, 1], activateLast: false, using: generator)
  }

  /// b(x).
  public func callAsFunction(_ examples: Tensor) -> Tensor {
    network(examples.flattened(from: 1)).squeezed(dim: -1) * -Double(elements)
  }
}
