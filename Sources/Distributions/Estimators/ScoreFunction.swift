public import Torch

/// f, with a gradient whose expectation is ∇ E f: the score-function estimator (f − b) ∇ log p(x) + ∇ f.
///
/// For draws x of any distribution, reparameterised or not; `logProbability` is log p(x) at these
/// draws held fixed, and the baseline b must not depend on the draw that it is subtracted for. All
/// three broadcast. Unbiased, with a variance that grows with that of f − b. Source: Williams 1992;
/// Mnih and Gregor 2014, arXiv 1402.0030, section 2.2.
public func scoreFunctionEstimate(
  of f: Tensor, logProbability: Tensor, baseline: Tensor? = nil
) -> Tensor {
  let constant = f.detached()
  let advantage = baseline.map { constant - $0.detached() } ?? constant
  // Adds exactly zero to the value.
  return f + advantage * (logProbability - logProbability.detached())
}

/// The mean of the other draws' f for each of the n draws in `dim`, which leaves the estimator
/// unbiased; fails as operators do for n = 1.
///
/// Source: Kool, van Hoof and Welling 2019, Buy 4 REINFORCE samples, get a baseline for free.
public func leaveOneOutBaseline(_ f: Tensor, dim: Int = 0) -> Tensor {
  let n = f.size(dim)
  guard n > 1 else { return fail("leaveOneOutBaseline", [f], "expected at least two draws") }
  let constant = f.detached()
  return (constant.sum(dim: dim, keepDim: true) - constant) / Double(n - 1)
}
