import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// Variational Bayesian last layers against the authors' package, closed forms and averages over draws.
@Suite struct LastLayerTests {
  static let kinds: [(name: String, kind: WeightCovariance)] = [
    ("diagonal", .diagonal), ("dense", .dense), ("lowrank", .lowRank),
  ]

  /// The recorded tensors of one layer: `Goldens/last_layers.py` says how they were made.
  static func recorded(_ name: String) throws -> [String: Tensor] {
    var found: [String: Tensor] = [:]
    for (path, tensor) in try goldens("last_layers", beside: #filePath).tensors
    where path.hasPrefix("\(name)/") {
      found[String(path.dropFirst(name.count + 1))] = tensor
    }
    return found
  }

  static func weights(
    _ kind: WeightCovariance, _ recorded: [String: Tensor]
  ) throws -> GaussianWeights {
    let mean = try #require(recorded["mean"])
    let weights = GaussianWeights(
      mean.size(1), mean.size(0), covariance: kind, rank: 2,
      priorVariance: recorded["prior"]?.item() ?? 1, using: Generator(seed: 1))
    weights.to(.float64)
    var state = ["mean": mean]
    state["logScale"] = recorded["scale"]
    state["factor"] = recorded["factor"]
    try weights.load(state)
    return weights
  }

  @Test(arguments: kinds) func regressionEqualsTheAuthorsPackage(
    _ name: String, _ kind: WeightCovariance
  ) throws {
    let known = try Self.recorded("regression/\(name)")
    let head = BayesianRegressionHead(try Self.weights(kind, known))
    head.logNoiseVariance.isTrainable = true
    try head.load(
      head.state.merging(["logNoiseVariance": 2 * #require(known["noise"])]) { $1 })
    let features = try #require(known["features"])
    let (mean, variance) = head.predictive(features)
    expectClose(mean, try #require(known["logits"]))
    expectClose(variance, try #require(known["variance"]))
    expectClose(
      head.expectedLogLikelihood(features, try #require(known["targets"])),
      try #require(known["bound"]))
    expectClose(head.weights.divergence, try #require(known["divergence"]))
  }

  @Test(arguments: kinds) func discriminationEqualsTheAuthorsPackage(
    _ name: String, _ kind: WeightCovariance
  ) throws {
    let known = try Self.recorded("discriminative/\(name)")
    let head = DiscriminativeHead(try Self.weights(kind, known))
    try head.load(
      head.state.merging(["logNoiseVariance": 2 * #require(known["noise"])]) { $1 })
    let features = try #require(known["features"])
    let (mean, variance) = head.logits(features)
    expectClose(mean, try #require(known["logits"]))
    expectClose(variance, try #require(known["variance"]))
    let targets = try #require(known["targets"])
    expectClose(head.bound(features, targets), try #require(known["bound"]))
    expectClose(head.weights.divergence, try #require(known["divergence"]))
  }

  @Test func generationEqualsTheAuthorsPackage() throws {
    let known = try Self.recorded("generative/diagonal")
    let mean = try #require(known["mean"])
    let head = GenerativeHead(mean.size(1), mean.size(0), using: Generator(seed: 1))
    head.to(.float64)
    let state = [
      "centres.mean": mean, "centres.logScale": try #require(known["scale"]),
      "logNoiseVariance": 2 * (try #require(known["noise"])),
    ]
    try head.load(head.state.merging(state) { $1 })
    let features = try #require(known["features"])
    // Theirs has no prior of the classes, which cancels from the bound; ours is uniform.
    let shift = log(Tensor(Double(mean.size(0)), dtype: .float64)).item()
    expectClose(
      head.jointLogDensity(features) + shift, try #require(known["logits"]), absolute: 1e-6)
    let targets = try #require(known["targets"])
    expectClose(head.bound(features, targets), try #require(known["bound"]), absolute: 1e-6)
  }

  /// Draws of W have the covariance that `variance(of:)` and `divergence` speak of.
  @Test(arguments: kinds) func drawsHaveTheMomentsAndTheDivergence(
    _ name: String, _ kind: WeightCovariance
  ) throws {
    let weights = try Self.weights(kind, Self.recorded("regression/\(name)"))
    let generator = Generator(seed: 2)
    let draws = withoutGradients {
      stacked((0..<20_000).map { _ in weights.sample(using: generator)[0] })
    }
    let covariance = weights.covariance[0]
    let scale = abs(covariance).max().item()
    expectClose(
      draws.mean(dim: 0), weights.mean.value[0].detached(),
      absolute: 0.03 * scale.squareRoot() + 0.02)
    expectClose(draws.transposed().covariance(), covariance.detached(), absolute: 0.05 * scale)
    let features = try #require(Self.recorded("regression/\(name)")["features"])
    let forms = einsum("bd,kde,be->bk", features, weights.covariance, features)
    expectClose(weights.variance(of: features), forms)
    let exact = MultivariateNormal(mean: weights.mean.value, covariance: weights.covariance)
    let prior = MultivariateNormal(
      mean: Tensor.zeros(like: weights.mean.value),
      covariance: Tensor.eye(5, dtype: .float64).expanded([3, 5, 5]) * weights.priorVariance)
    expectClose(weights.divergence, exact.klDivergence(to: prior).sum())
  }

  /// E[log softmax] from draws of W and of the noise lies above the bound, and near it for small variances.
  @Test func theSoftmaxBoundIsBelowTheExpectation() throws {
    let known = try Self.recorded("discriminative/dense")
    let head = DiscriminativeHead(try Self.weights(.dense, known))
    let features = try #require(known["features"])
    let targets = try #require(known["targets"])
    func expectation() -> Tensor {
      let (mean, variance) = head.logits(features)
      let noise = Tensor.randn([20_000] + mean.shape, using: Generator(seed: 3), dtype: .float64)
      return logSoftmax(mean + sqrt(variance) * noise).mean(dim: 0)
        .gathered(targets.unsqueezed(dim: 1), dim: 1).squeezed(dim: 1)
    }
    #expect((expectation() - head.bound(features, targets)).min().item() > 0)
    let scale = try #require(known["scale"])
    try head.load(
      head.state.merging([
        "logNoiseVariance": Tensor.full([3], -12.0).to(.float64),
        "weights.logScale": Tensor.full(like: scale, -6.0),
        "weights.factor": Tensor.zeros([3, 5, 5], dtype: .float64),
      ]) { $1 })
    expectClose(expectation(), head.bound(features, targets), absolute: 1e-3)
  }

  /// The optimum of the exact bound is Bayesian linear regression.
  @Test func fittedByGradientsItIsTheClosedForm() {
    let generator = Generator(seed: 4)
    let features = Tensor.randn([40, 3], using: generator, dtype: .float64)
    let targets =
      features.sum(dim: 1, keepDim: true)
      + Tensor.randn([40, 1], using: generator, dtype: .float64) * 0.5
    let weights = GaussianWeights(
      3, 1, covariance: .dense, priorVariance: 2, using: generator)
    let head = BayesianRegressionHead(weights, noiseVariance: 0.25, noisePrior: nil)
    head.to(.float64)
    let optimizer = Optimizer(
      Adam(), for: head, learningRate: .cosine(from: 5e-2, to: 0, steps: 1200))
    for _ in 0..<1200 {
      let gradients = valueAndGradient(of: head) { head in
        weights.divergence - head.expectedLogLikelihood(features, targets).sum()
      }.gradients
      optimizer.update(with: gradients)
    }
    let gram = matmul(features.transposed(), features)
    let covariance = LinearAlgebra.inverse(gram / 0.25 + Tensor.eye(3, dtype: .float64) / 2)
    let mean = matmul(covariance, matmul(features.transposed(), targets)) / 0.25
    expectClose(weights.mean.value.detached(), mean.transposed(), absolute: 1e-3)
    expectClose(weights.covariance[0].detached(), covariance, absolute: 1e-4)
  }

  @Test func predictionsAreProbabilitiesAndStrangeExamplesStandOut() {
    let generator = Generator(seed: 5)
    let head = GenerativeHead(2, 2, using: generator)
    let known = Tensor([[0.0, 0.0], [0.5, 0.5]]).to(.float32)
    let far = known + 20
    for head in [
      head, DiscriminativeHead(GaussianWeights(2, 2, using: generator)),
      PointClassificationHead(2, 2, using: generator),
    ] as [any ClassificationHead] {
      let found = head.logProbabilities(known, using: generator)
      expectClose(exp(found).sum(dim: 1), Tensor.ones([2]))
    }
    let strange = head.novelty(far, using: generator)
    #expect(strange.min().item() > head.novelty(known, using: generator).max().item() + 100)
  }
}
