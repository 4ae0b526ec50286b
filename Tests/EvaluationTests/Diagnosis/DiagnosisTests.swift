import Datasets
import Evaluation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch

/// Models made ill on purpose, each named by its finding, beside one that is well.
@Suite(.serialized) struct DiagnosisTests {
  /// A small autoencoder of the digits after some steps of Adam at rate 0.003.
  static func trained(
    beta: Double = 1, likelihood: any Likelihood = BernoulliLikelihood(), latent: Int = 6,
    steps: Int = 600, examples: Int = 1257, rate: Double = 3e-3
  ) throws -> VariationalMethod {
    let network = denseVAE(
      exampleShape: [1, 8, 8], hidden: [64], latent: latent, likelihood: likelihood,
      using: Generator(seed: 1))
    let method = VariationalMethod(network, objective: ELBO(beta: beta))
    let data = try DatasetRegistry.open("digits").train
    let whole = try data.batch(Array(0..<examples)).examples
    let optimizer = Optimizer(Adam(), for: network, learningRate: .constant(rate))
    let (order, noise) = (Generator(seed: 2), Generator(seed: 3))
    for index in 0..<steps {
      let rows = Tensor.randint(0..<examples, [128], using: order)
      let batch = Batch(
        examples: whole.selected(rows, dim: 0), indices: rows.scalars(as: Int.self))
      let step = Step(index: index, epoch: 0, exampleCount: examples, generator: noise)
      let gradients = valueAndGradient(of: network) { _ in
        method.terms(batch, step).total() ?? Tensor(0)
      }.gradients
      optimizer.update(with: gradients)
    }
    return method
  }

  static func diagnosis(
    _ method: any Method, held: (any Dataset)? = nil, settings: [String: String] = ["beta": "1"]
  ) throws -> Diagnosis {
    let splits = try DatasetRegistry.open("digits")
    let patient = try Patient(
      method, train: splits.train, held: try held ?? splits.test(), settings: settings, seed: 4)
    return Diagnosis(patient)
  }

  static func ids(_ diagnosis: Diagnosis, atLeast severity: Finding.Severity) -> Set<String> {
    Set(diagnosis.findings.filter { $0.severity >= severity }.map(\.id))
  }

  @Test func aHealthyModelHasNoSevereFinding() throws {
    let found = try Self.diagnosis(Self.trained())
    #expect(Self.ids(found, atLeast: .severe) == [], "\(found.findings)")
    #expect(found.passed.contains("posterior-collapse") && found.skipped == ["codebook"])
    #expect(try Self.diagnosis(Self.trained()) == found, "a function of model, data and seed")
  }

  @Test func aHeavyRateCollapsesThePosterior() throws {
    let found = try Self.diagnosis(Self.trained(beta: 30), settings: ["beta": "30"])
    #expect(
      Self.ids(found, atLeast: .severe).isSuperset(of: [
        "posterior-collapse", "decoder-ignores-code",
      ]))
    #expect(found.findings.first { $0.id == "posterior-collapse" }?.settings == ["beta=1"])
  }

  @Test func aHandfulOfExamplesIsOverfitted() throws {
    let method = try Self.trained(
      likelihood: BernoulliLikelihood(binarisation: .threshold), steps: 1500, examples: 64,
      rate: 0.01)
    let splits = try DatasetRegistry.open("digits")
    let few = try Subset(of: splits.train, at: Array(0..<64))
    let patient = try Patient(
      method, train: few, held: try splits.test(), settings: [:], seed: 4)
    #expect(Self.ids(Diagnosis(patient), atLeast: .warning).contains("overfitting"))
  }

  @Test func testExamplesInTheTrainingPartLeak() throws {
    let train = try DatasetRegistry.open("digits").train
    let found = try Self.diagnosis(
      Self.trained(steps: 20), held: Subset(of: train, at: Array(0..<300)))
    #expect(Self.ids(found, atLeast: .severe).contains("leakage"))
    let clean = try Self.diagnosis(Self.trained(steps: 20))
    #expect(!Self.ids(clean, atLeast: .note).contains("leakage"))
  }

  @Test func likelihoodsThatDoNotSuitTheDataAreNamed() throws {
    let wide = try Self.diagnosis(
      Self.trained(likelihood: GaussianLikelihood(standardDeviation: 2), steps: 200),
      settings: ["sigma": "2"])
    #expect(Self.ids(wide, atLeast: .warning).contains("wrong-scale"))
    let grey = try Self.diagnosis(
      Self.trained(likelihood: BernoulliLikelihood(binarisation: .none), steps: 200))
    #expect(Self.ids(grey, atLeast: .warning).contains("not-a-likelihood"))
  }

  @Test func moreDimensionsThanAreUsedArePassive() throws {
    let found = try Self.diagnosis(
      Self.trained(beta: 1.5, latent: 16, steps: 1000),
      settings: ["beta": "1.5", "latent": "16"])
    #expect(Self.ids(found, atLeast: .warning).contains("passive-units"), "\(found.findings)")
  }

  /// An encoder that was never trained, before a decoder that was.
  @Test func anUntrainedEncoderIsFoundOut() throws {
    let method = try Self.trained()
    let fresh = try Self.trained(steps: 0)
    var state = method.model.state
    for (path, tensor) in fresh.model.state where !path.hasPrefix("decoder.") {
      state[path] = tensor
    }
    try method.model.load(state)
    let found = try Self.diagnosis(method)
    #expect(Self.ids(found, atLeast: .severe).contains("encoder-gap"), "\(found.findings)")
  }
}
