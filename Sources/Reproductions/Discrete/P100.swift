import Datasets
import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

/// P100: softmax of logits with Gumbel noise is a gradient for categorical codes that trains better than others.
///
/// **Source**: Jang, Gu and Poole 2017, arXiv 1611.01144.
public struct GumbelSoftmax: Reproduction {
  private static let (variables, classes, batch) = (20, 10, 100)

  /// The experiment.
  public init() {}

  /// `P100`.
  public var paper: String { "P100" }
  /// The claim.
  public var claim: String {
    "The Gumbel-softmax relaxation beats the score function and plain straight-through as the gradient of "
      + "categorical codes, and makes semi-supervised training as cheap for many classes as for few."
  }
  /// What it is measured against.
  public var baseline: String {
    "Enumerated gradients; score function with a learned baseline; straight-through; summing over classes."
  }
  /// The data.
  public var data: String {
    "MNIST binarised anew at each reading: 10,000 to train for 3000 steps of 100, 2000 of the test set; "
      + "784-200 units, 20 variables of 10 classes, learned prior; 100 random functions of 5 classes"
  }
  /// Four.
  public var minutesPerSeed: Double { 4 }
  /// Three.
  public var seeds: Int { 3 }

  /// The catalogue's acceptance; the margins that it leaves open are stated here.
  ///
  /// One p-value in a hundred is below 0.01 by the nature of it, hence a share of many tests.
  public var criteria: [Criterion] {
    [
      Criterion(
        "argmax-fit", .atLeast(0.97),
        "share of 300 categoricals whose argmax frequencies have a chi-squared p above 0.01"),
      Criterion(
        "bias-ratio", .atMost(1),
        "bias of the gradient at a temperature ÷ at the next higher of 0.25, 0.5, 1, 2, the largest"
      ),
      Criterion(
        "variance-ratio", .atLeast(1), "variance of the gradient, the same, the smallest"),
      Criterion(
        "mnist-score-function", .atLeast(0), unit: "nat",
        "test negative ELBO of the score function with baseline − of Gumbel-softmax"),
      Criterion(
        "mnist-straight-through", .atLeast(0), unit: "nat",
        "test negative ELBO of plain straight-through − of Gumbel-softmax"),
      Criterion(
        "gumbel-step-time", .atMost(1.5),
        "processor time of a semi-supervised step with 100 classes ÷ with 10, one relaxed draw"),
      Criterion(
        "marginal-step-time", .atLeast(5), "the same, summing over the classes"),
    ]
  }

  /// Table 1 of the paper, 20 × 10 categorical codes after 50,000 steps or more.
  public var references: [Reference] {
    [
      Reference(
        "categorical VAE on MNIST, negative ELBO: SF, ST, Gumbel-S", "110.6, 110.9 and 101.5 nats",
        source: "Jang et al. 2017, table 1")
    ]
  }

  /// All parts.
  public func measure(_ trial: Trial) throws -> [String: Double] {
    var numbers = ["argmax-fit": fit(trial)]
    let problems = RelaxedGradients(
      problems: trial.size(100, quick: 3), classes: 5, using: trial.generator(.initialisation))
    let noise = trial.generator(.noise)
    let moments = [2, 1, 0.5, 0.25].map {
      problems.moments(temperature: $0, draws: trial.size(4000, quick: 50), using: noise)
    }
    let steps = zip(moments.dropFirst(), moments)
    numbers["bias-ratio"] = steps.map { $0.bias / max($1.bias, 1e-9) }.max()
    numbers["variance-ratio"] = steps.map { $0.variance / $1.variance }.min()
    let (train, test) = try trial.pictures("mnist", train: 10_000, test: 2000)
    func bound(_ estimator: CategoricalEstimator) throws -> Double {
      try self.bound(estimator, train: train, test: test, trial)
    }
    let gumbel = try bound(.gumbelSoftmax)
    numbers["mnist-score-function"] = gumbel - (try bound(.scoreFunction))
    numbers["mnist-straight-through"] = gumbel - (try bound(.straightThrough))
    let (few, many) = (10, trial.size(100, quick: 20))
    func time(_ inference: ClassInference, _ classes: Int) throws -> Double {
      try stepTime(inference, classes: classes, examples: train, trial)
    }
    numbers["gumbel-step-time"] = try time(.gumbel, many) / time(.gumbel, few)
    numbers["marginal-step-time"] = try time(.marginal, many) / time(.marginal, few)
    return numbers
  }

  /// The share of random categoricals whose relaxed draws fall on the classes as they should.
  private func fit(_ trial: Trial) -> Double {
    let (classes, draws) = (5, 4000)
    let source = trial.generator(.test)
    let logits = Tensor.randn([1, trial.size(300, quick: 20), classes], using: source)
    let posterior = RelaxedCategoricalPosterior(logits: logits, temperature: 0.5)
    let codes = posterior.draws(draws, stoppingDensity: false, using: source).codes
    let counts = codes.argMax(dim: -1).oneHot(classes: classes).sum(dims: [0, 1]).to(.float32)
    let expected = softmax(logits, dim: -1).squeezed(dim: 0) * Double(draws)
    let statistic = (squared(counts - expected) / expected).sum(dim: 1)
    // The 99 % quantile of chi squared with four degrees of freedom.
    return (statistic .< 13.2767).to(.float32).mean().item()
  }

  /// The test ELBO with one-hot codes after training with an estimator, in nats.
  private func bound(
    _ estimator: CategoricalEstimator, train: Tensor, test: Tensor, _ trial: Trial
  ) throws -> Double {
    let shape = Array(train.shape.dropFirst())
    let elements = shape.reduce(1, *)
    let initial = trial.generator(.initialisation)
    let encoder = denseEncoder(elements, hidden: [200], using: initial)
    let bottleneck = RelaxedCategoricalBottleneck(
      features: 200, variables: Self.variables, classes: Self.classes,
      schedule: TemperatureSchedule(start: 1, end: 0.5, rate: 2e-4, interval: 500),
      estimator: estimator, learnsPrior: true, using: initial)
    let network = denseDecoder(
      Self.variables * Self.classes, hidden: [200], outputs: elements, using: initial)
    let decoder = NetworkDecoder(
      Sequential([Flatten()] + network.layers), likelihood: BernoulliLikelihood(),
      exampleShape: shape, codeRank: 2)
    let objective: any Objective =
      estimator == .scoreFunction
      ? ScoreFunctionELBO(baseline: LikelihoodBaseline(elements: elements, using: initial))
      : ELBO()
    let method = VariationalMethod(
      Autoencoder(encoder: encoder, bottleneck: bottleneck, decoder: decoder),
      objective: objective)
    try trial.train(
      method, on: train, steps: trial.size(3000, quick: 3), batchSize: Self.batch)
    return withoutGradients {
      method.score(test, using: trial.generator(.validation)).mean().item()
    }
  }

  /// The least processor time of a step without labels, of several.
  private func stepTime(
    _ inference: ClassInference, classes: Int, examples: Tensor, _ trial: Trial
  ) throws -> Double {
    let network = SemiSupervisedVAE(
      exampleShape: Array(examples.shape.dropFirst()), classes: classes, latent: 10,
      hidden: [100], using: trial.generator(.initialisation))
    let method = SemiSupervisedMethod(
      network, inference: inference, labelledFraction: 0, classificationWeight: 1)
    var times: [Double] = []
    var start = processorSeconds()
    try trial.train(
      method, on: examples, steps: trial.size(16, quick: 4), batchSize: 50
    ) { _ in
      times.append(processorSeconds() - start)
      start = processorSeconds()
    }
    // The first steps fill caches.
    return max(times.dropFirst(2).min() ?? 0, 1e-6)
  }
}
