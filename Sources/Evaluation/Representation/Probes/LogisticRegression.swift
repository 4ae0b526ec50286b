public import Torch

/// Multinomial logistic regression with a quadratic penalty: p(class k | x) ∝ exp(wₖ·x + bₖ), W and b minimising
/// C Σ −log p(yᵢ | xᵢ) + ½ ‖W‖².
///
/// The intercepts are not penalised; of two classes the first has zero weights. Convex, so L-BFGS finds the only minimum up to a
/// shift of all b. scikit-learn: `LogisticRegression(C=)`.
public struct LogisticRegression {
  private let model: SoftmaxRegression

  /// Fits codes and labels with the inverse penalty C; stops for C ≤ 0.
  ///
  /// A class without an example gets the lowest probability that the penalty allows.
  public init(fitting data: LabelledCodes, c: Double = 1) {
    precondition(c > 0 && c.isFinite, "LogisticRegression: expected C > 0, found \(c)")
    let options = SoftmaxRegression.Options(inversePenalty: c, steps: 500, tolerance: 1e-8)
    model = withoutGradients {
      SoftmaxRegression(data.codes, classes: data.labels, count: data.classCount, options: options)
    }
  }

  /// W, one row a class, or one for the second of two classes: `[classes, d]` or `[1, d]`.
  public var weight: Tensor { model.weights.transposed() }

  /// b `[classes]` or `[1]`.
  public var intercept: Tensor { model.offsets }

  /// log p(class | x) in nats for codes `[n, d]`: `[n, classes]`.
  public func logProbabilities(_ codes: Tensor) -> Tensor { model.logProbabilities(codes) }

  /// The most probable class of each row, `[n]` int64.
  public func predict(_ codes: Tensor) -> Tensor { model.predict(codes) }

  /// The share of rows whose most probable class is right.
  public func accuracy(on data: LabelledCodes) -> Double {
    share(of: predict(data.codes), equalTo: data.labels)
  }
}

/// The share of equal elements of two vectors.
func share(of found: Tensor, equalTo expected: Tensor) -> Double {
  (found .== expected).to(.float64).mean().item()
}
