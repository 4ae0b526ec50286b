import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P196: a posterior over the last layer alone betters calibration and detection of outliers at almost no cost.
///
/// **Source**: Harrison, Willes and Snoek 2024, arXiv 2404.11599.
public struct VariationalLastLayers: Reproduction {
  private static let features = 64

  /// The experiment.
  public init() {}

  /// `P196`.
  public var paper: String { "P196" }
  /// The claim.
  public var claim: String {
    "A Gaussian variational posterior over the last layer, trained without sampling, improves likelihood, "
      + "calibration and detection of outliers over a point estimate at almost the same cost a step."
  }
  /// What it is measured against.
  public var baseline: String {
    "Closed-form Bayesian linear regression; the same network with a usual last layer, the same first weights of "
      + "the features, batches and steps; outliers by one minus the largest probability for both."
  }
  /// The data.
  public var data: String {
    "MNIST: 2000 to train, 5000 of the test set, beside 5000 of Fashion-MNIST's; 784-256-64, 1000 steps of 128; a line "
      + "with a gap: 100 to train, 2000 to test, five draws a seed; linear law of 6 features, 100 examples"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Five.
  public var seeds: Int { 5 }

  /// The catalogue's acceptance.
  public var criteria: [Criterion] {
    [
      Criterion(
        "posterior-mean", .atMost(1e-3),
        "known noise: largest |fitted − exact posterior mean| of a weight"),
      Criterion(
        "posterior-covariance", .atMost(1e-3),
        "known noise: largest |fitted − exact posterior covariance| ÷ largest covariance"),
      Criterion(
        "mnist-nll", .atLeast(0), unit: "nat", "test NLL of the point estimate − of the last layer"),
      Criterion("mnist-ece", .atLeast(0), "test ECE of the point estimate − of the last layer"),
      Criterion(
        "outlier-auroc", .atLeast(0),
        "AUROC, Fashion-MNIST against MNIST, of the last layer − of the point estimate"),
      Criterion(
        "gap-nll", .atLeast(0), unit: "nat",
        "line with a gap: test NLL of the point estimate − of the last layer"),
      Criterion(
        "gap-calibration", .atLeast(0),
        "line with a gap: quantile calibration error of the point estimate − of the last layer"),
      Criterion(
        "gap-auroc", .atLeast(0),
        "AUROC of the predictive variance, gap against the rest, of the last layer − of the point estimate"
      ),
      Criterion(
        "step-time", .atMost(1.3),
        "processor time of a step ÷ that of the point estimate, in turns"),
    ]
  }

  /// All parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    let law = ClosedFormRegression(count: 100, size: 6, using: trial.generator(.order))
    let errors = law.errors(
      steps: trial.size(4000, quick: 20), using: trial.generator(.initialisation))
    return try ["posterior-mean": errors.mean, "posterior-covariance": errors.covariance]
      .merging(pictures(trial)) { first, _ in first }
      .merging(gap(trial)) { first, _ in first }
  }

  private func classifier(
    _ shape: [Int], isBayesian: Bool, using generator: Generator
  ) -> Classifier {
    let width = Self.features
    let encoder = denseEncoder(shape.reduce(1, *), hidden: [256, width], using: generator)
    let head: any ClassificationHead =
      isBayesian
      ? DiscriminativeHead(
        GaussianWeights(width, 10, covariance: .diagonal, using: generator))
      : PointClassificationHead(width, 10, using: generator)
    return Classifier(
      encoder: encoder, head: head, classNames: (0..<10).map { "\($0)" }, codeSize: width)
  }

  private func pictures(_ trial: Trial) throws -> [String: Double] {
    let (train, test) = try trial.labelledPictures("mnist", train: 2000, test: 5000)
    let strange = try trial.labelledPictures("fashion-mnist", train: 1, test: 5000).test
    let shape = Array(train.examples.shape.dropFirst())
    func measured(
      isBayesian: Bool
    ) throws -> (nll: Double, ece: Double, auroc: Double) {
      let method = classifier(
        shape, isBayesian: isBayesian, using: trial.generator(.initialisation))
      try trial.train(method, on: train, steps: trial.size(1000, quick: 3))
      let noise = trial.generator(.test)
      return try withoutGradients {
        let found = method.classLogProbabilities(test.examples, using: noise)
        let data = try ClassPredictions(
          logProbabilities: found, labels: test.labels ?? Tensor([Int]()))
        let options = MetricOptions(resamples: 0)
        return (
          try PredictionScore(.negativeLogLikelihood).measure(data, options).value,
          try CalibrationError().measure(data, options).value,
          try outlierAUROC(
            inliers: method.novelty(test.examples, using: noise),
            outliers: method.novelty(strange.examples, using: noise))
        )
      }
    }
    let (point, bayes) = try (measured(isBayesian: false), measured(isBayesian: true))
    return try [
      "mnist-nll": point.nll - bayes.nll, "mnist-ece": point.ece - bayes.ece,
      "outlier-auroc": bayes.auroc - point.auroc,
      "step-time": stepTimeRatio(
        of: classifier(shape, isBayesian: true, using: trial.generator(.initialisation)),
        to: classifier(shape, isBayesian: false, using: trial.generator(.initialisation)),
        on: train, trial),
    ]
  }

  /// Steps in turns of twenty, the first turn of each for warming up.
  private func stepTimeRatio(
    of method: Classifier, to baseline: Classifier, on train: Batch, _ trial: Trial
  ) throws -> Double {
    var seconds = [0.0, 0.0]
    for round in 0..<trial.size(20, quick: 2) {
      for (index, timed) in [method, baseline].enumerated() {
        let start = processorSeconds()
        try trial.train(timed, on: train, steps: trial.size(20, quick: 2))
        if round > 0 { seconds[index] += processorSeconds() - start }
      }
    }
    return seconds[0] / seconds[1]
  }

  private func gap(_ trial: Trial) throws -> [String: Double] {
    let source = trial.generator(.order)
    let draws = trial.size(5, quick: 1)
    var sums = ["gap-nll": 0.0, "gap-calibration": 0.0, "gap-auroc": 0.0]
    for _ in 0..<draws {
      let line = GapRegression(train: 100, test: trial.size(2000, quick: 50), using: source)
      let targets = line.test.factors ?? Tensor([Double]())
      let isGap = abs(line.test.examples).squeezed(dim: 1) .< 1
      func measured(
        isBayesian: Bool
      ) throws -> (nll: Double, calibration: Double, auroc: Double) {
        let method = GapRegression.regressor(
          isBayesian: isBayesian, using: trial.generator(.initialisation))
        try trial.train(
          method, on: line.train, steps: trial.size(2000, quick: 3), batchSize: 100,
          learningRate: 3e-3)
        let (mean, variance) = withoutGradients { method.predict(line.test.examples) }
        let data = try NumberPredictions(mean: mean, variance: variance, targets: targets)
        let spread = variance.squeezed(dim: 1)
        return (
          try NumberPredictionMetric(.negativeLogLikelihood).measure(data, MetricOptions()).value,
          try NumberPredictionMetric(.quantileCalibration).measure(data, MetricOptions()).value,
          try outlierAUROC(
            inliers: spread.selected(where: .!isGap), outliers: spread.selected(where: isGap))
        )
      }
      let (point, bayes) = try (measured(isBayesian: false), measured(isBayesian: true))
      sums["gap-nll", default: 0] += point.nll - bayes.nll
      sums["gap-calibration", default: 0] += point.calibration - bayes.calibration
      sums["gap-auroc", default: 0] += bayes.auroc - point.auroc
    }
    return sums.mapValues { $0 / Double(draws) }
  }
}
