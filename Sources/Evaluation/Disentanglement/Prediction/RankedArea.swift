import Torch

/// The area under the ROC curve of one class's scores, from ranks.
///
/// The share of pairs of a member and another in which the member has the larger score; ties count
/// half. **Source**: Mann & Whitney 1947; influence values of DeLong et al. 1988. scikit-learn:
/// `roc_auc_score`.
struct RankedArea {
  /// The area.
  let area: Double
  /// By how much each example moves the area, times n: mean 0, [m].
  let influence: Tensor

  /// Of scores [m] and a mask [m] with at least one of each.
  init(_ scores: Tensor, isMember: Tensor) {
    let members = scores.selected(where: isMember).sorted().values
    let others = scores.selected(where: .!isMember).sorted().values
    func share(of sorted: Tensor, below values: Tensor) -> Tensor {
      let below = sorted.insertionIndices(of: values)
      let upTo = sorted.insertionIndices(of: values, right: true)
      return (below + upTo).to(.float64) / Double(2 * sorted.count)
    }
    let memberShares = share(of: others, below: scores)
    let otherShares = 1 - share(of: members, below: scores)
    let mask = isMember.to(.float64)
    let area = (memberShares * mask).sum().item() / Double(members.count)
    let total = Double(scores.count)
    influence =
      (memberShares - area) * mask * (total / Double(members.count))
      + (otherShares - area) * (1 - mask) * (total / Double(others.count))
    self.area = area
  }
}
