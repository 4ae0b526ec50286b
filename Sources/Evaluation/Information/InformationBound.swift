import Distributions
public import Torch

/// A variational estimate of mutual information from a critic's scores of pairs.
///
/// Scores f(xᵢ, yⱼ) stand in a matrix `[n, n]` whose diagonal holds the pairs that belong together; the others are taken as
/// draws from the product of the marginals. All in nats.
public enum InformationBound: Sendable, Hashable {
  /// ⟨fᵢᵢ − log meanⱼ exp fᵢⱼ⟩: a lower bound that cannot exceed log n. Source: van den Oord, Li and Vinyals 2018, arXiv
  /// 1807.03748, equation 4.
  case infoNCE
  /// 1 + ⟨fᵢᵢ⟩ − mean exp fᵢⱼ over i ≠ j: a lower bound with large variance. Source: Nguyen, Wainwright
  /// and Jordan 2010, arXiv 0809.0853.
  case nwj
  /// ⟨fᵢᵢ⟩ − log mean exp fᵢⱼ over i ≠ j (Donsker and Varadhan): a bound for infinitely many pairs. Source: Belghazi et al. 2018,
  /// arXiv 1801.04062, equation 10.
  case mine
  /// As `mine` with f clipped to ± τ in the logarithm, for a critic trained on the Jensen–Shannon divergence: little variance, no
  /// bound. Source: Song and Ermon 2020, arXiv 1910.06222, equation 11.
  case smile(clip: Double = 5)

  /// The name: `InfoNCE`, `NWJ`, `MINE` or `SMILE`.
  public var name: String {
    switch self {
    case .infoNCE: "InfoNCE"
    case .nwj: "NWJ"
    case .mine: "MINE"
    case .smile: "SMILE"
    }
  }

  /// The estimate from scores `[n, n]`: a scalar, differentiable; stops as operators do for other shapes and n < 2.
  public func callAsFunction(_ scores: Tensor) -> Tensor {
    precondition(
      scores.rank == 2 && scores.size(0) == scores.size(1) && scores.size(0) > 1,
      "InformationBound: expected scores [n, n] of at least two pairs, found \(scores.shape)")
    let joint = scores.diagonal().mean()
    switch self {
    case .infoNCE: return (scores.diagonal() - logMeanExp(scores, dim: 1)).mean()
    case .nwj: return 1 + joint - exp(logMeanOfOthers(scores))
    case .mine: return joint - logMeanOfOthers(scores)
    case .smile(let clip):
      return joint - logMeanOfOthers(scores.clamped(min: -clip, max: clip))
    }
  }
}

/// log of the mean of exp f over the pairs that do not belong together.
func logMeanOfOthers(_ scores: Tensor) -> Tensor {
  let n = scores.size(0)
  let others = scores.replacing(
    with: -Double.infinity, where: Tensor.eye(n, device: scores.device) .> 0)
  let count = Tensor(Double(n * (n - 1)), dtype: .float64)
  return others.flattened().logSumExp(dim: 0) - log(count).item()
}
