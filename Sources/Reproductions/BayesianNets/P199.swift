import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P199: a variational optimiser finds good posteriors, and as good or better networks at AdamW's cost.
///
/// **Source**: Shen et al. 2024, arXiv 2402.17641.
public struct VariationalLearning: Reproduction {
  /// The experiment.
  public init() {}

  /// `P199`.
  public var paper: String { "P199" }
  /// The claim.
  public var claim: String {
    "IVON finds the best diagonal Gaussian posterior, trains networks as accurately as AdamW at nearly its cost "
      + "with better likelihood and calibration, and its variances say which examples matter."
  }
  /// What it is measured against.
  public var baseline: String {
    "The numerically optimal diagonal Gaussian; AdamW with the same network, batches, steps and cosine schedule, three "
      + "first weights a seed; exact retraining without each example."
  }
  /// The data.
  public var data: String {
    "logistic regression: 200 examples of 5 numbers; digits 3 and 8, 150 examples of 64 pixels, each left out once; "
      + "Fashion-MNIST: 5000 to train, 3000 of the test set, convolutions, 400 steps of 128; names: 4000 to train, "
      + "1000 to test, a transformer of 2 blocks of width 48, 1500 steps of 64; 32 draws for predictions"
  }
  /// Five.
  public var minutesPerSeed: Double { 5 }
  /// Ten.
  public var seeds: Int { 10 }

  /// The catalogue's acceptance.
  public var criteria: [Criterion] {
    let networks = [("cnn", "convolutions"), ("transformer", "transformer")]
    return [
      Criterion(
        "logistic-mean", .atMost(0.05),
        "largest |IVON's − optimal mean| of a weight ÷ largest optimal mean"),
      Criterion(
        "logistic-variance", .atMost(0.05),
        "largest |IVON's − optimal variance| ÷ optimal variance of a weight"),
    ]
      + networks.flatMap { name, what in
        [
          Criterion(
            "\(name)-accuracy", .atLeast(0),
            "\(what): test accuracy of IVON − the lowest of three runs of AdamW"),
          Criterion(
            "\(name)-nll", .atLeast(0), unit: "nat",
            "\(what): test NLL of AdamW, mean of three − of IVON"),
          Criterion(
            "\(name)-ece", .atLeast(0), "\(what): test ECE of AdamW, mean of three − of IVON"),
          Criterion(
            "\(name)-time", .atMost(1.3),
            "\(what): processor time of a step of IVON ÷ of AdamW, in turns"),
        ]
      } + [
        Criterion(
          "sensitivity", .atLeast(0.5),
          "rank correlation of variance × error with the change of an example's logit when it is left out"
        )
      ]
  }

  /// All parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    try logistic(trial)
      .merging(duel(cnn(trial), "cnn", trial)) { first, _ in first }
      .merging(duel(transformer(trial), "transformer", trial)) { first, _ in first }
      .merging(sensitivity(trial)) { first, _ in first }
  }

  private func logistic(_ trial: Trial) throws -> [String: Double] {
    let source = trial.generator(.order)
    let x = Tensor.randn([200, 5], using: source, dtype: .float64)
    let law = Tensor([1.5, -1, 0.5, 0, 0.8], dtype: .float64)
    let isOne = Tensor.bernoulli(sigmoid(matmul(x, law)), using: source)
    let posterior = LogisticPosterior(
      rows: x * (2 * isOne - 1).unsqueezed(dim: 1), priorPrecision: 1)
    let optimum = posterior.optimum(steps: trial.size(3000, quick: 5))
    let found = try posterior.ivon(
      steps: trial.size(30_000, quick: 5), memory: 0.9997, samples: 4,
      using: trial.generator(.weights))
    let mean = found.means["weight"] ?? Tensor(0.0)
    let variance = squared(found.deviations["weight"] ?? Tensor(0.0))
    return [
      "logistic-mean": (abs(mean - optimum.mean).max() / abs(optimum.mean).max()).item(),
      "logistic-variance": abs(variance / optimum.variance - 1).max().item(),
    ]
  }

  private func sensitivity(_ trial: Trial) throws -> [String: Double] {
    let digits = try DatasetRegistry.open("digits").train.all()
    let classes = digits.labels ?? Tensor([Int]())
    let chosen = ((classes .== 3) .| (classes .== 8)).nonzero().flattened()
    let order = Tensor.randperm(chosen.count, using: trial.generator(.order))
    let rows = chosen.selected(order[0..<min(150, chosen.count)], dim: 0)
    let x = digits.examples.selected(rows, dim: 0).flattened(from: 1).to(.float64)
    let sign = (classes.selected(rows, dim: 0) .== 3).to(.float64) * 2 - 1
    let posterior = LogisticPosterior(rows: x * sign.unsqueezed(dim: 1), priorPrecision: 1)
    let found = try posterior.ivon(
      steps: trial.size(8000, quick: 5), memory: 0.999, samples: 1, using: trial.generator(.weights)
    )
    return [
      "sensitivity": rankCorrelation(
        posterior.sensitivities(found), posterior.leaveOneOutChanges())
    ]
  }

  private func duel(
    _ duel: OptimizerDuel, _ name: String, _ trial: Trial
  ) throws -> [String: Double] {
    let first = trial.generator(.initialisation)
    let ivon = try duel.ivon(trial, draws: trial.size(32, quick: 2), using: first)
    let others = try (0..<trial.size(3, quick: 1)).map { _ in
      try duel.adamW(trial, using: first)
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    return [
      "\(name)-accuracy": ivon.accuracy - (others.map(\.accuracy).min() ?? 0),
      "\(name)-nll": mean(others.map(\.nll)) - ivon.nll,
      "\(name)-ece": mean(others.map(\.ece)) - ivon.ece,
      "\(name)-time": try duel.timeRatio(trial),
    ]
  }

  private func cnn(_ trial: Trial) throws -> OptimizerDuel {
    let (train, test) = try trial.labelledPictures("fashion-mnist", train: 5000, test: 3000)
    let side = train.examples.size(2) / 4
    func data(_ batch: Batch) -> OptimizerDuel.Data {
      (batch.examples, batch.labels ?? Tensor([Int]()))
    }
    return OptimizerDuel(
      train: data(train), test: data(test),
      network: { generator in
        Sequential(
          Conv2d(1, 16, kernel: 4, stride: 2, padding: 1, using: generator), .relu,
          Conv2d(16, 32, kernel: 4, stride: 2, padding: 1, using: generator), .relu, Flatten(),
          Linear(32 * side * side, 64, using: generator), .relu, Linear(64, 10, using: generator))
      }, steps: trial.size(400, quick: 2), batchSize: 128, rates: (0.3, 1, 1e-3))
  }

  private func transformer(_ trial: Trial) throws -> OptimizerDuel {
    let all = try DatasetRegistry.open(trial.isQuick ? "grammar" : "names")
    let schema = all.train.schema
    let length = schema.exampleShape[0]
    func data(_ set: any Dataset, _ count: Int) throws -> OptimizerDuel.Data {
      let tokens = try set.batch(Array(0..<min(count, set.count))).examples
      let next = tokens[.all, 1...]
      return (tokens[.all, 0..<(length - 1)], next.replacing(with: -100, where: next .== 0))
    }
    let vocabulary = schema.vocabulary?.count ?? 1
    return OptimizerDuel(
      train: try data(all.train, trial.size(4000, quick: 32)),
      test: try data(all.test(), trial.size(1000, quick: 16)),
      network: { generator in
        CharacterTransformer(
          vocabulary: vocabulary, length: length, width: 48, heads: 4, blocks: 2, using: generator)
      }, steps: trial.size(1500, quick: 2), batchSize: 64, rates: (1, 1, 2e-3))
  }
}
