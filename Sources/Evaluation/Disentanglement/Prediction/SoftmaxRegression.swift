import Torch

/// Multinomial logistic regression, by L-BFGS in float64.
///
/// min C Σ_i w_i (−ln p(y_i | x_i)) + ½‖W‖² with free offsets; without C there is no penalty. Two
/// classes share one weight vector, as scikit-learn has it. scikit-learn: `LogisticRegression()`.
struct SoftmaxRegression {
  /// Weights [d, m] and offsets [m]; m is 1 for two classes.
  let weights: Tensor
  let offsets: Tensor

  /// Settings whose defaults are scikit-learn's.
  struct Options {
    /// C, the inverse strength of the penalty; nil for none.
    var inversePenalty: Double? = 1
    /// Whether each class counts the same, whatever its size.
    var isBalanced = false
    /// Steps at most.
    var steps = 200
    /// The largest entry of the mean loss's gradient at which to stop.
    var tolerance = 1e-6
  }

  /// Fits to `inputs` [n, d] float64 and `classes` [n] of 0 ..< `count`.
  init(_ inputs: Tensor, classes: Tensor, count: Int, options: Options = Options()) {
    let width = inputs.size(1)
    let columns = count == 2 ? 1 : count
    let total = Double(inputs.size(0))
    let sizes = classes.binCount(minimumLength: count).to(.float64)
    let present = (sizes .> 0).to(.float64).sum().item()
    let balance = total / (present * sizes.clamped(min: 1))
    let shares =
      options.isBalanced
      ? balance.selected(classes, dim: 0) / total
      : Tensor.full([inputs.size(0)], 1 / total, dtype: .float64)
    let targets = classes.oneHot(classes: count).to(.float64)
    let decay = options.inversePenalty.map { 1 / ($0 * total) } ?? 0
    let search = LBFGS(maximumSteps: options.steps, gradientTolerance: options.tolerance)
    let fitted = search.minimize(from: Tensor.zeros([width + 1, columns], dtype: .float64)) {
      point in
      let slopes = point[..<width]
      let logs = Self.logProbabilities(matmul(inputs, slopes) + point[width])
      let loss = -((logs * targets).sum(dim: 1) * shares).sum()
      let errors = (exp(logs) - targets) * shares.unsqueezed(dim: 1)
      let used = count == 2 ? errors[.all, 1...] : errors
      let gradient = concatenated(
        [
          matmul(inputs.transposed(0, 1), used) + slopes * decay,
          used.sum(dim: 0, keepDim: true),
        ])
      return ((loss + 0.5 * decay * squared(slopes).sum()).item(), gradient)
    }.point
    weights = fitted[..<width]
    offsets = fitted[width]
  }

  /// ln p(class | input) of each of `inputs` [m, d]: [m, classes].
  func logProbabilities(_ inputs: Tensor) -> Tensor {
    Self.logProbabilities(matmul(inputs, weights) + offsets)
  }

  /// The most probable class of each of `inputs` [m, d], int64.
  func predict(_ inputs: Tensor) -> Tensor { logProbabilities(inputs).argMax(dim: 1) }

  private static func logProbabilities(_ logits: Tensor) -> Tensor {
    let full =
      logits.size(1) == 1 ? concatenated([Tensor.zeros(like: logits), logits], dim: 1) : logits
    return logSoftmax(full, dim: 1)
  }
}
