import Testing
import Torch

/// The bound on standard scores in this target's statistical tests.
///
/// A score beyond 4.9 comes up by chance once in a million draws, so that a correct package fails
/// one of the suite's about two thousand scores for one choice of seeds in 500; seeds are fixed.
let scoreBound = 4.9

/// The bound on p-values of goodness of fit: about a hundred tests, so that a correct package fails
/// for one choice of seeds in 1000; seeds are fixed.
let smallestProbability = 1e-5

/// Records an issue unless the mean over dimension 0 of `draws` is `expected` within `scoreBound`
/// standard errors; `slack` admits the error of a mean that does not vary.
func expectMean(
  of draws: Tensor, is expected: Tensor, slack: Double = 1e-6, _ what: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let draws = draws.detached()
  let error = draws.standardDeviation(dims: [0]) / Double(draws.size(0)).squareRoot()
  let gap = abs(draws.mean(dim: 0) - expected)
  let allowed = error * scoreBound + slack * (1 + abs(expected))
  let excess = (gap - allowed).replacing(with: Double.infinity, where: gap.isNaN).flattened()
  guard excess.count > 0, excess.max().item() > 0 else { return }
  let worst = excess.argMax().integerItem()
  let score = (gap / error).flattened()[worst].item()
  Issue.record(
    "\(what): the mean at flat index \(worst) is \(score) standard errors off",
    sourceLocation: sourceLocation)
}

/// The probability of a larger χ² with these counts: Q(½ df, ½ Σ (n − e)²/e).
func chiSquareProbability(counts: [Double], expected: [Double]) -> Double {
  let statistic = zip(counts, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
  let half = Tensor(Double(counts.count - 1) / 2, dtype: .float64)
  return upperIncompleteGamma(half, Tensor(statistic / 2, dtype: .float64)).item()
}
