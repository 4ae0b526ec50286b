public import Distributions
public import LatentCore
import LatentNN
public import Torch

/// The settings of annealed importance sampling.
public struct AnnealingOptions: Sendable, Hashable {
  /// Temperatures between the initial law and the joint.
  public var steps: Int
  /// Independent chains of each example.
  public var chains: Int
  /// Leapfrog steps of a transition.
  public var leapfrogSteps: Int
  /// How the inverse temperature rises.
  public var schedule: AnnealingSchedule
  /// The acceptance rate that step sizes are adapted to.
  public var targetAcceptance: Double
  /// The step size that adaptation begins with, in the unit of the codes.
  public var initialStepSize: Double

  /// 1,000 temperatures, 16 chains, 10 leapfrog steps and the sigmoid schedule of Wu et al.; acceptance 0.65.
  public init(
    steps: Int = 1000, chains: Int = 16, leapfrogSteps: Int = 10,
    schedule: AnnealingSchedule = .sigmoid(), targetAcceptance: Double = 0.65,
    initialStepSize: Double = 0.1
  ) {
    self.steps = steps
    self.chains = chains
    self.leapfrogSteps = leapfrogSteps
    self.schedule = schedule
    self.targetAcceptance = targetAcceptance
    self.initialStepSize = initialStepSize
  }
}

/// Estimates of log ∫ f(z) dz by annealed importance sampling from a normalised law, for n integrands at once.
///
/// Chains start from the initial law π₀ and pass f_t = π₀^(1−β_t) f^β_t with one Hamiltonian transition each; the log-weight is
/// Σ (β_t − β_{t−1}) log (f/π₀)(z_{t−1}), and E w = ∫ f exactly. Step sizes, one for each temperature and integrand, come from a
/// burn-in run over the same temperatures with chains of its own and are fixed afterwards, since sizes that follow the chains
/// would bias the weights. Source: Neal 2001, arXiv physics/9803008; Wu, Burda, Salakhutdinov and Grosse 2017, arXiv 1611.04273.
public struct AnnealedImportanceSampling {
  /// The estimate, named `AIS-T`.
  public let estimate: EvidenceEstimate
  /// The log-weights `[chains, n]`.
  public let logWeights: Tensor
  /// The mean acceptance of the transitions after the burn-in.
  public let acceptance: Double

  /// Integrates exp `logJoint`, which maps codes `[m, n, d]` to `[m, n]` differentiably, from `initial` of event shape `[d]` and batch
  /// shape `[n]`, or `[]` for one law that all `count` integrands begin with.
  ///
  /// Stops for options without steps, leapfrog steps or two chains. **Randomness**: `generator` alone.
  public init(
    from initial: any Distribution, count: Int = 1,
    options: AnnealingOptions = AnnealingOptions(), using generator: Generator,
    logJoint: @escaping (Tensor) -> Tensor
  ) {
    precondition(
      options.steps >= 1 && options.chains >= 2 && options.leapfrogSteps >= 1,
      "AnnealedImportanceSampling: expected steps, leapfrog steps and two chains or more")
    let run = AnnealingRun(
      initial: initial, options: options,
      sampleShape: initial.batchShape.isEmpty ? [options.chains, count] : [options.chains],
      logJoint: logJoint)
    let sizes = withoutGradients { run.burnIn(using: generator) }
    let result = withoutGradients { run.weigh(stepSizes: sizes, using: generator) }
    logWeights = result.logWeights
    acceptance = result.acceptance
    estimate = EvidenceEstimate(name: "AIS-\(options.steps)", logWeights: result.logWeights)
  }

  /// The evidence log p(x) of each example, from the model's prior, or from its approximate posterior, which is nearer where
  /// the encoder fits and misses modes where it does not.
  public init(
    of model: any LatentVariableModel, _ examples: Tensor, fromPosterior: Bool = false,
    options: AnnealingOptions = AnnealingOptions(), using generator: Generator
  ) {
    let observations = model.observations(of: examples, using: generator)
    let count = examples.size(0)
    let initial = withoutGradients {
      fromPosterior
        ? model.approximatePosterior(of: observations) : model.prior(count: count)
    }
    self.init(from: initial, count: count, options: options, using: generator) {
      model.logJoint(observations, codes: $0)
    }
  }
}

/// The two passes over the temperatures.
private struct AnnealingRun {
  let initial: any Distribution
  let options: AnnealingOptions
  let sampleShape: [Int]
  let logJoint: (Tensor) -> Tensor

  private var transition: HamiltonianTransition {
    HamiltonianTransition(leapfrogSteps: options.leapfrogSteps)
  }

  private var temperatures: [Double] {
    options.schedule.inverseTemperatures(steps: options.steps)
  }

  /// (1 − β) log π₀ + β log f and its gradient.
  private func density(_ beta: Double) -> HamiltonianTransition.Density {
    { position in
      let (_, slopes, value) = self.gradient(at: position) { z in
        let start = self.initial.logProbability(z)
        return beta == 0 ? start : (1 - beta) * start + beta * self.logJoint(z)
      }
      return (value, slopes)
    }
  }

  private func gradient(
    at position: Tensor, _ function: (Tensor) -> Tensor
  ) -> (total: Tensor, slopes: Tensor, value: Tensor) {
    var value = position
    let result = valueAndGradient(at: [position]) { inputs in
      let found = function(inputs[0])
      value = found.detached()
      return found.sum()
    }
    return (result.value, result.gradients[0], value)
  }

  /// Step sizes `[n]` for each temperature, by log ε += 0.1 (acceptance − target) after every transition.
  func burnIn(using generator: Generator) -> [Tensor] {
    let position = initial.sample(sampleShape, using: generator).detached()
    var size = Tensor.full([position.size(1)], options.initialStepSize, dtype: position.dtype)
    var state = transition.state(at: position, density(0))
    func adapt(_ beta: Double) {
      state = transition.state(at: state.position, density(beta))
      let moved = transition(state, stepSize: size, using: generator, density(beta))
      state = moved.state
      size *= exp(0.1 * (moved.acceptance.mean(dim: 0) - options.targetAcceptance))
    }
    // The first size is a guess: it is settled where the chains already stand.
    for _ in 0..<50 { adapt(0) }
    return temperatures.dropFirst().map { beta in
      adapt(beta)
      return size
    }
  }

  /// Log-weights `[chains, n]` with fixed step sizes.
  func weigh(
    stepSizes: [Tensor], using generator: Generator
  ) -> (logWeights: Tensor, acceptance: Double) {
    var position = initial.sample(sampleShape, using: generator).detached()
    var weights = Tensor.zeros([position.size(0), position.size(1)], dtype: .float64)
    var accepted = 0.0
    let betas = temperatures
    for step in 1..<betas.count {
      let ratio = logJoint(position) - initial.logProbability(position)
      weights += (betas[step] - betas[step - 1]) * ratio.detached().to(.float64)
      guard step < betas.count - 1 else { break }
      let start = transition.state(at: position, density(betas[step]))
      let moved = transition(
        start, stepSize: stepSizes[step - 1], using: generator, density(betas[step]))
      position = moved.state.position
      accepted += moved.acceptance.mean().item()
    }
    return (weights, accepted / Double(Swift.max(1, betas.count - 2)))
  }
}
