import Torch

/// Linear support vector machines of one feature, one against the rest, solved exactly.
///
/// For class c with y = ±1: min ½(w² + b²) + Σ C_i max(0, 1 − y_i(w x_i + b))², where C_i is
/// 0.01 · n / (K n_c) for members of the class and 0.01 for the others; of two classes one machine
/// is enough, with both weighted. Which examples are inside the margin is a range of the sorted
/// feature, so that sums over them are differences of running sums and a Newton step costs a binary
/// search. **Source**: Fan et al. 2008 (LIBLINEAR), L2-regularised L2-loss. scikit-learn:
/// `LinearSVC(C=0.01, class_weight="balanced")`.
struct OneFeatureSVM {
  private static let penalty = 0.01
  /// Slope and offset of each class's machine, classes without an example left out.
  private let slopes: Tensor
  private let offsets: Tensor
  private let present: [Int]

  /// Fits to `feature` [n] and `classes` of 0 ..< `count`.
  init(_ feature: [Double], classes: [Int], count: Int) {
    var members = Array(repeating: [Double](), count: count)
    for (x, label) in zip(feature, classes) { members[label].append(x) }
    present = members.indices.filter { !members[$0].isEmpty }
    let sums = members.map { RunningSums($0) }
    let all = RunningSums(feature)
    let share = Double(feature.count) / Double(present.count)
    func weight(_ label: Int) -> Double { Self.penalty * share / Double(members[label].count) }
    var lines: [(Double, Double)]
    if present.count == 2 {
      let (low, high) = (present[0], present[1])
      lines = [
        (0, 0),
        Self.solve(
          SquaredHinge(sums[high], weight(high), others: sums[low], minus: nil, weight(low))),
      ]
    } else {
      lines = present.map { label in
        Self.solve(
          SquaredHinge(sums[label], weight(label), others: all, minus: sums[label], Self.penalty))
      }
    }
    slopes = Tensor(lines.map(\.0), dtype: .float64)
    offsets = Tensor(lines.map(\.1), dtype: .float64)
  }

  /// The class of each number [m], int64.
  func predict(_ feature: Tensor) -> Tensor {
    let decisions = feature.unsqueezed(dim: 1) * slopes + offsets
    return Tensor(present).selected(decisions.argMax(dim: 1), dim: 0)
  }

  /// Newton's method with halved steps on a strongly convex, piecewise quadratic function.
  private static func solve(_ loss: SquaredHinge) -> (Double, Double) {
    var (w, b) = (0.0, 0.0)
    var value = loss.value(w, b)
    for _ in 0..<100 {
      let (gw, gb, hww, hwb, hbb) = loss.derivatives(w, b)
      guard gw * gw + gb * gb > 1e-20 else { break }
      let determinant = hww * hbb - hwb * hwb
      let dw = (hbb * gw - hwb * gb) / determinant
      let db = (hww * gb - hwb * gw) / determinant
      var step = 1.0
      let descent = gw * dw + gb * db
      while step > 1e-10, loss.value(w - step * dw, b - step * db) > value - 1e-4 * step * descent {
        step /= 2
      }
      guard step > 1e-10 else { break }
      (w, b) = (w - step * dw, b - step * db)
      value = loss.value(w, b)
    }
    return (w, b)
  }
}
