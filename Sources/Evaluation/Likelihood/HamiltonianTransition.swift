import Torch

/// One step of Hamiltonian Monte Carlo with unit masses for many chains at once.
///
/// `leapfrogSteps` of size ε, then acceptance with probability min(1, exp(−ΔH)); leaves exp(log density) invariant for any ε that
/// does not depend on the state. Source: Neal 2011, MCMC using Hamiltonian dynamics, arXiv 1206.1901, section 3.2.
struct HamiltonianTransition {
  let leapfrogSteps: Int

  /// Where chains are and what is known there.
  struct State {
    /// `[m, n, d]`.
    var position: Tensor
    /// log density, `[m, n]`.
    var logDensity: Tensor
    /// Its gradient, as `position`.
    var slope: Tensor
  }

  /// Log density `[m, n]` at positions `[m, n, d]`, and its gradient.
  typealias Density = (Tensor) -> (value: Tensor, slope: Tensor)

  func state(at position: Tensor, _ density: Density) -> State {
    let (value, slope) = density(position)
    return State(position: position, logDensity: value, slope: slope)
  }

  /// The next state of each chain, and its acceptance probability `[m, n]`; `stepSize` is `[n]`.
  func callAsFunction(
    _ state: State, stepSize: Tensor, using generator: Generator, _ density: Density
  ) -> (state: State, acceptance: Tensor) {
    let epsilon = stepSize.unsqueezed(dim: -1)
    let momentum = Tensor.randn(
      state.position.shape, using: generator, dtype: state.position.dtype)
    var proposal = state
    var p = momentum + 0.5 * epsilon * state.slope
    for step in 0..<leapfrogSteps {
      proposal = self.state(at: proposal.position + epsilon * p, density)
      p += (step == leapfrogSteps - 1 ? 0.5 : 1.0) * (epsilon * proposal.slope)
    }
    let before = state.logDensity - 0.5 * squared(momentum).sum(dim: -1)
    let after = proposal.logDensity - 0.5 * squared(p).sum(dim: -1)
    // A trajectory that flew apart is refused.
    let change = (after - before).replacingNonFinite(
      nan: -1e30, positiveInfinity: 1e30, negativeInfinity: -1e30)
    let acceptance = exp(change.clamped(max: 0))
    let uniform = Tensor.rand(change.shape, using: generator, dtype: change.dtype)
    let isAccepted = uniform .< acceptance
    let mask = isAccepted.unsqueezed(dim: -1)
    return (
      State(
        position: state.position.replacing(with: proposal.position, where: mask),
        logDensity: state.logDensity.replacing(with: proposal.logDensity, where: isAccepted),
        slope: state.slope.replacing(with: proposal.slope, where: mask)),
      acceptance
    )
  }
}
