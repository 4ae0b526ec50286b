import Torch

/// Which examples a metric fits and tests on.
extension CodesAndFactors {
  /// All examples, or as many as `trainCount` drawn without replacement.
  func sample(_ options: MetricOptions) -> CodesAndFactors {
    guard count > options.trainCount else { return self }
    return shared("sample \(options.trainCount) \(options.seed)") {
      selected(order(options)[..<options.trainCount])
    }
  }

  /// Examples to fit and others to test on: `trainCount` and `testCount` drawn without replacement,
  /// or two thirds and one third where there are fewer.
  func split(_ options: MetricOptions) -> (train: CodesAndFactors, test: CodesAndFactors) {
    let isEnough = count >= options.trainCount + options.testCount
    let train = isEnough ? options.trainCount : count * 2 / 3
    let end = isEnough ? train + options.testCount : count
    return shared("split \(train) \(end) \(options.seed)") {
      let order = order(options)
      return (selected(order[..<train]), selected(order[train..<end]))
    }
  }

  private func order(_ options: MetricOptions) -> Tensor {
    Tensor.randperm(count, using: Generator(seed: options.seed))
  }
}
