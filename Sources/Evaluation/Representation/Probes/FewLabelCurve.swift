public import Torch

/// Accuracy of a linear probe that sees few labels, against their number.
public struct FewLabelCurve: Sendable, Equatable {
  /// One point of the curve.
  public struct Point: Sendable, Equatable {
    /// Labelled examples of each class.
    public let labelsPerClass: Int
    /// The mean test accuracy over draws of the labelled examples.
    public let accuracy: Double
    /// Its standard deviation over draws (n − 1), 0 for one draw.
    public let deviation: Double
  }

  /// The points, in the order of the sizes asked for.
  public let points: [Point]
}

/// The test accuracy of logistic regression on `sizes` labelled examples of each class, mean over `draws` choices.
///
/// Standardised by all training codes, which need no labels; the penalty is C = 1, since few labels leave none to
/// choose it by. Throws `MetricError` if a class has fewer training examples than the largest size. **Randomness**: one
/// permutation a draw.
public func fewLabelCurve(
  train: LabelledCodes, test: LabelledCodes, sizes: [Int] = [1, 2, 5, 10, 20, 50],
  draws: Int = 5, using generator: Generator
) throws -> FewLabelCurve {
  let smallest = train.classSizes.min() ?? 0
  guard let largest = sizes.max(), let least = sizes.min(), least > 0, largest <= smallest,
    draws > 0
  else {
    throw MetricError(
      metric: "few-label-curve",
      "expected sizes from 1 to the \(smallest) training examples of the smallest class, found "
        + "\(sizes)",
      remedy: "ask for fewer labels a class or give more training examples")
  }
  let scaling = Standardizer(fitting: train.codes)
  let (fit, check) = (
    train.with(codes: scaling(train.codes)), test.with(codes: scaling(test.codes))
  )
  let numbers = train.labels.scalars(as: Int.self)
  let scores = (0..<draws).map { _ in
    var members = [[Int]](repeating: [], count: train.classCount)
    for index in Tensor.randperm(train.count, using: generator).scalars(as: Int.self) {
      members[numbers[index]].append(index)
    }
    return sizes.map { size in
      let rows = members.flatMap { $0.prefix(size) }
      return LogisticRegression(fitting: fit.selected(Tensor(rows))).accuracy(on: check)
    }
  }
  let points = sizes.enumerated().map { index, size in
    let values = scores.map { $0[index] }
    let mean = values.reduce(0, +) / Double(draws)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return FewLabelCurve.Point(
      labelsPerClass: size, accuracy: mean,
      deviation: draws > 1 ? (squares / Double(draws - 1)).squareRoot() : 0)
  }
  return FewLabelCurve(points: points)
}
