import Datasets
import Distributions
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct GumbelVAETests {
  /// Two variables of three classes, so that expectations can be enumerated; float64.
  static func autoencoder(_ estimator: CategoricalEstimator) -> Autoencoder {
    let g = Generator(seed: 1)
    let encoder = denseEncoder(4, hidden: [5], using: g)
    let bottleneck = RelaxedCategoricalBottleneck(
      features: 5, variables: 2, classes: 3, schedule: TemperatureSchedule(start: 0.5),
      estimator: estimator, using: g)
    let network = Sequential(Flatten(), Linear(6, 4, using: g))
    let decoder = NetworkDecoder(
      network, likelihood: BernoulliLikelihood(binarisation: .none), exampleShape: [4],
      codeRank: 2)
    let model = Autoencoder(encoder: encoder, bottleneck: bottleneck, decoder: decoder)
    // Codes should matter.
    try? model.load(model.state.mapValues { $0 * 3 })
    return model.to(.float64)
  }

  static var example: Tensor { Tensor([[1.0, 0, 1, 1]]).to(.float64) }

  /// E_q log p(x|z) − KL over all nine codes.
  static func enumerated(_ model: Autoencoder) -> Tensor {
    guard let bottleneck = model.bottleneck as? RelaxedCategoricalBottleneck else {
      preconditionFailure("another bottleneck")
    }
    let posterior = bottleneck(model.encoder(example))
    let each = Tensor.eye(3, dtype: .float64)
    var total = -posterior.rate.sum()
    for i in 0..<3 {
      for j in 0..<3 {
        let code = stacked([each[i], each[j]]).unsqueezed(dim: 0)
        let p = exp(posterior.logProbability(code))
        total += (p * model.decoder.logLikelihood(example, codes: code)).sum()
      }
    }
    return total
  }

  /// The encoder's gradients in one row, of the autoencoder alone or beside a critic.
  static func encoder(_ gradients: Gradients) -> Tensor {
    concatenated(
      gradients.entries.filter {
        $0.path.hasPrefix("encoder.") || $0.path.hasPrefix("autoencoder.encoder.")
      }.map { $0.gradient.flattened() })
  }

  /// The mean of many score-function gradients is the enumerated one, whatever the baseline.
  @Test func theScoreFunctionIsUnbiased() {
    let model = Self.autoencoder(.scoreFunction)
    let exact = Self.encoder(
      valueAndGradient(of: model) { -Self.enumerated($0) }.gradients)
    let count = 4000
    let batch = Batch(
      examples: Self.example.repeated([count, 1]), indices: Array(0..<count))
    let baseline = LikelihoodBaseline(elements: 4, hidden: 3, using: Generator(seed: 2))
    baseline.to(.float64)
    let method = VariationalMethod(model, objective: ScoreFunctionELBO(baseline: baseline))
    let step = Step(index: 0, epoch: 0, exampleCount: 1, generator: Generator(seed: 3))
    let found = valueAndGradient(of: method.model) { _ in
      method.terms(batch, step).total() ?? Tensor(0)
    }.gradients
    let scale = abs(exact).max().item()
    expectClose(Self.encoder(found), exact, relative: 0, absolute: 0.15 * scale)
    #expect(found.unused.isEmpty, "\(found.unused)")
  }

  /// Held-out draws are one-hot, so their mean is the bound over all codes.
  @Test func heldOutTermsAreAOneHotBound() {
    let model = Self.autoencoder(.gumbelSoftmax)
    let count = 20_000
    let batch = Batch(examples: Self.example.repeated([count, 1]), indices: Array(0..<count))
    let method = VariationalMethod(model, objective: ELBO())
    let step = Step(index: 0, epoch: 0, exampleCount: 1, generator: Generator(seed: 3))
    let bound = withoutGradients { method.heldOutTerms(batch, step)["elbo"]?.value.item() ?? .nan }
    let exact = withoutGradients { Self.enumerated(model).item() }
    #expect(abs(bound - exact) < 0.02 * Swift.abs(exact), "\(bound) for \(exact)")
  }

  @Test func estimatorsTrainTheEncoder() throws {
    let digits = try DatasetRegistry.open("digits")
    let batch = try digits.train.batch(Array(0..<128))
    for estimator in CategoricalEstimator.allCases {
      var config = Config(AutoencoderRecipe.gumbelVAE.settings)
      for setting in ["hidden=32", "latent=4", "classes=5", "estimator=\(estimator.rawValue)"] {
        try config.set(setting)
      }
      let method = try AutoencoderRecipe.gumbelVAE.make(
        config, data: digits.train.schema, using: Generator(seed: 1))
      let step = Step(index: 0, epoch: 0, exampleCount: 128, generator: Generator(seed: 2))
      let gradients = valueAndGradient(of: method.model) { _ in
        method.terms(batch, step).total() ?? Tensor(0)
      }.gradients
      #expect(gradients.unused.isEmpty, "\(estimator): \(gradients.unused)")
    }
  }
}

@Suite struct SemiSupervisedTests {
  static func network() -> SemiSupervisedVAE {
    SemiSupervisedVAE(
      exampleShape: [1, 8, 8], classes: 10, latent: 3, hidden: [16], using: Generator(seed: 1))
  }

  /// The marginal bound is Σ q(y|x) L(x, y) + H, class by class.
  @Test func theMarginalIsASumOverClasses() throws {
    let network = Self.network()
    // With no posterior noise every draw of z is its mean.
    let style = network.style.moments
    var state = style.state
    state["bias"] = concatenated([Tensor.zeros([3]), Tensor.full([3], -60)])
    state["weight"] = state["weight"].map { $0 * 0 }
    try style.load(state)
    let examples = try DatasetRegistry.open("digits").train.batch([0, 1, 2]).examples
    let targets = round(examples)
    let g = Generator(seed: 2)
    let found = withoutGradients { network.marginalBound(targets, by: .marginal, using: g) }
    let expected = withoutGradients {
      let q = softmax(network.labels(of: targets).logits.squeezed(dim: 1), dim: -1)
      var total = -(q * log(q)).sum(dim: 1)
      for y in 0..<10 {
        let labels = Tensor.full([3], y).to(.int64).oneHot(classes: 10).to(.float32)
        total += q[.all, y] * network.bound(targets, labels: labels, using: g)
      }
      return total
    }
    expectClose(found, expected, relative: 1e-4)
  }

  @Test func labelsAreUsedByIndexAlone() throws {
    let method = SemiSupervisedMethod(
      Self.network(), inference: .gumbel, labelledFraction: 0.2, classificationWeight: 10)
    let share = Double((0..<10_000).count { method.isLabelled($0) }) / 10_000
    #expect(abs(share - 0.2) < 0.02)
    let batch = try DatasetRegistry.open("digits").train.batch(Array(0..<40))
    let step = Step(index: 0, epoch: 0, exampleCount: 1, generator: Generator(seed: 3))
    let known = batch.indices.filter { method.isLabelled($0) }
    var changed = batch
    // Other labels where they are not used change nothing but the accuracy.
    let labels = try #require(batch.labels).scalars(as: Int.self)
    changed.labels = Tensor(labels.indices.map { known.contains($0) ? labels[$0] : 0 })
    func total(_ batch: Batch) -> Double {
      let step = Step(index: 0, epoch: 0, exampleCount: 1, generator: Generator(seed: 3))
      return method.terms(batch, step).total()?.item() ?? .nan
    }
    #expect(!known.isEmpty && total(batch) == total(changed))
    let held = method.heldOutTerms(batch, step)
    #expect(held["classification"]?.value.item() == 0)
  }

  @Test func dataWithoutClassesAreRefused() throws {
    let error = try #require(throws: RecipeError.self) {
      try SemiSupervisedRecipe().make(
        Config(SemiSupervisedRecipe().settings),
        data: DatasetSchema(.greyImage, shape: [1, 8, 8], range: 0...1), using: Generator(seed: 1))
    }
    #expect(error.problem.contains("at least two classes"))
  }
}
