public import Torch

/// Multinomial logistic regression with a quadratic penalty: p(class k | x) ∝ exp(wₖ·x + bₖ), W and b minimising
/// C Σ −log p(yᵢ | xᵢ) + ½ ‖W‖².
///
/// The intercepts are not penalised. Convex, so the minimum that L-BFGS finds is the only one up to a shift of all b.
/// scikit-learn: `LogisticRegression(C=)`.
public struct LogisticRegression {
  /// W `[classes, d]`.
  public let weight: Tensor
  /// b `[classes]`.
  public let intercept: Tensor
  /// Whether the gradient fell below the tolerance.
  public let hasConverged: Bool

  /// Fits codes and labels with the inverse penalty C > 0.
  ///
  /// Classes without an example keep zero weights and the lowest probability that the penalty allows. Start from `other`
  /// to be quicker along a path of C. Stops as operators do for C ≤ 0.
  public init(
    fitting data: LabelledCodes, c: Double = 1, startingFrom other: LogisticRegression? = nil
  ) {
    precondition(c > 0 && c.isFinite, "LogisticRegression: expected C > 0, found \(c)")
    let (n, d) = data.codes.shape2
    let classes = data.classCount
    let inputs = concatenated([data.codes, Tensor.ones([n, 1], dtype: .float64)], dim: 1)
    let targets = data.labels.oneHot(classes: classes).to(.float64)
    // Divided by n C: the gradient's size, and so the tolerance, is that of a mean.
    let penalty = 1 / (c * Double(n))
    let mask = concatenated(
      [Tensor.ones([classes, d], dtype: .float64), Tensor.zeros([classes, 1], dtype: .float64)],
      dim: 1)
    func objective(_ vector: Tensor) -> (value: Double, gradient: Tensor) {
      let weights = vector.reshaped([classes, d + 1])
      let logProbabilities = logSoftmax(matmul(inputs, weights.transposed()), dim: 1)
      let penalised = weights * mask
      let loss = -(targets * logProbabilities).sum() / Double(n)
      let value = loss + squared(penalised).sum() * (0.5 * penalty)
      let residual = (exp(logProbabilities) - targets) / Double(n)
      let slope = matmul(residual.transposed(), inputs) + penalised * penalty
      return (value.item(), slope.flattened())
    }
    let start = other.map {
      concatenated([$0.weight, $0.intercept.unsqueezed(dim: 1)], dim: 1).flattened()
    }
    let found = withoutGradients {
      LBFGS().minimize(
        from: start ?? Tensor.zeros([classes * (d + 1)], dtype: .float64), objective)
    }
    let weights = found.point.reshaped([classes, d + 1])
    weight = weights[.all, 0..<d]
    intercept = weights[.all, d]
    hasConverged = found.hasConverged
  }

  /// log p(class | x) in nats for codes `[n, d]`: `[n, classes]`.
  public func logProbabilities(_ codes: Tensor) -> Tensor {
    logSoftmax(linear(codes, weight: weight, bias: intercept), dim: 1)
  }

  /// The most probable class of each row, `[n]` int64.
  public func predict(_ codes: Tensor) -> Tensor { logProbabilities(codes).argMax(dim: 1) }

  /// The share of rows whose most probable class is right.
  public func accuracy(on data: LabelledCodes) -> Double {
    share(of: predict(data.codes), equalTo: data.labels)
  }
}

/// The share of equal elements of two vectors.
func share(of found: Tensor, equalTo expected: Tensor) -> Double {
  (found .== expected).to(.float64).mean().item()
}
