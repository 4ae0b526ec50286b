import Datasets
import Distributions
import LatentCore
import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@testable import LatentModels

/// A deterministic autoencoder of three-pixel pictures, in float64.
private func plainAutoencoder(prior: CodePrior = .gaussian, size: Int = 2) -> Autoencoder {
  let generator = Generator(seed: 1)
  return Autoencoder(
    encoder: denseEncoder(3, hidden: [4], using: generator),
    bottleneck: DeterministicBottleneck(
      features: 4, size: size, prior: prior.distribution(size: size), using: generator),
    decoder: NetworkDecoder(
      denseDecoder(size, hidden: [4], outputs: 3, using: generator),
      likelihood: SquaredErrorCost(isBounded: false), exampleShape: [1, 3])
  ).to(.float64)
}

@Suite struct WassersteinAutoencoderTests {
  @Test func transportIsSquaredErrorPlusPenalty() throws {
    let pass = SmallPass.pass(plainAutoencoder(), SmallPass.examples(8))
    let terms = PenalisedTransport(penalty: AggregateMMD(weight: 10)).terms(pass)
    let restored = pass.model.decoder.mean(pass.draw.codes)
    let error = squared(pass.targets - restored).sum() / 8
    #expect(abs(terms.value("distortion") - error.item()) < 1e-12)
    #expect(terms["distortion"]?.unit == .squaredError && terms["rate"] == nil)
    let expected = terms.value("distortion") + 10 * terms.value("mmd")
    let total = try #require(terms.total()).item()
    #expect(abs(total - expected) < 1e-12)
    #expect(abs(terms.value("objective") - expected) < 1e-12)
  }

  @Test(arguments: CodeKernel.allCases) func kernelsSeeTheirScale(kind: CodeKernel) {
    let prior = Tensor.randn([400, 4], using: Generator(seed: 1), dtype: .float64)
    let kernel = kind.kernel(size: 4, prior: prior)
    // At the expected squared distance of two draws, 2 d, a kernel is neither flat nor gone.
    let root = Double(8).squareRoot()
    let points = Tensor([[0.0, 0, 0, 0], [root, 0, 0, 0]], dtype: .float64)
    let gram = kernel(points, points)
    let share = (gram[0, 1] / gram[0, 0]).item()
    #expect(share > 0.2 && share < 0.7, "\(kind): \(share)")
    let other = Tensor.randn([400, 4], using: Generator(seed: 2), dtype: .float64)
    let same = squaredMMD(prior, other, kernel: kernel).item()
    let shifted = squaredMMD(prior, other + 1, kernel: kernel).item()
    #expect(shifted > 10 * Swift.abs(same), "\(kind): \(same) and \(shifted)")
  }

  /// The adversarial autoencoder written down on its own: cross-entropies with labels 1 and 0.
  @Test func withSquaredCostTheAdversarialFormIsTheAdversarialAutoencoder() throws {
    let network = plainAutoencoder()
    let critic = CodeCritic(size: 2, hidden: [5], using: Generator(seed: 4)).to(.float64)
    let examples = SmallPass.examples(8)
    let pass = SmallPass.pass(network, examples)
    let objective = PenalisedTransport(penalty: LatentAdversary(weight: 3, critic: critic))
    let terms = objective.terms(pass)
    let codes = pass.draw.codes
    let prior = network.samplePrior(8, using: Generator(seed: 3))
    func entropy(_ logits: Tensor, _ label: Double) -> Tensor {
      binaryCrossEntropy(logits: logits, targets: Tensor.full(like: logits, label))
    }
    let reconstruction = squaredError(network.decoder.mean(codes), examples) * 3
    let fooled = reconstruction + 3 * entropy(critic(codes), 1)
    #expect(abs(try #require(terms.total()).item() - fooled.item()) < 1e-12)
    let told = 0.5 * (entropy(critic(prior), 1) + entropy(critic(codes), 0))
    #expect(abs(try #require(terms.total(for: Terms.critic)).item() - told.item()) < 1e-12)
  }

  /// Codes that are the prior's shifted come back to it, by each penalty alone.
  @Test(arguments: ["mmd", "sliced", "critic"]) func penaltiesDrawCodesToThePrior(_ kind: String) {
    let generator = Generator(seed: 6)
    let network = Autoencoder(
      encoder: Identity(),
      bottleneck: DeterministicBottleneck(features: 2, size: 2, using: generator),
      decoder: NetworkDecoder(
        Linear(2, 2, using: generator), likelihood: SquaredErrorCost(isBounded: false),
        exampleShape: [2]))
    let critic = CodeCritic(size: 2, hidden: [32], using: generator)
    let penalty: any Objective =
      switch kind {
      case "mmd": AggregateMMD(weight: 1)
      case "sliced": AggregateSlicedWasserstein(weight: 1, directions: 10)
      default: LatentAdversary(weight: 1, critic: critic)
      }
    let method = AutoencoderMethod(network, objective: penalty)
    let optimizer = Optimizer(Adam(), for: method, learningRate: 0.02)
    let data = 2 + 0.3 * Tensor.randn([256, 2], using: generator)
    func distance() -> Double {
      withoutGradients {
        let codes = method.encode(data)
        let prior = Tensor.randn([256, 2], using: Generator(seed: 8))
        return squaredMMD(codes, prior, kernel: .inverseMultiquadratic(dimensions: 2)).item()
      }
    }
    let before = distance()
    for index in 0..<300 {
      let step = Step(index: index, epoch: 0, exampleCount: 256, generator: generator)
      // A critic that is not ahead of the codes chases them around the prior.
      let ahead = Array(repeating: method.players.last ?? Player(), count: 7)
      for player in kind == "critic" ? ahead + method.players : method.players {
        let gradients = valueAndGradient(of: method.model) { _ in
          method.terms(Batch(examples: data, indices: Array(0..<256)), step)
            .total(for: player.name) ?? Tensor(0)
        }.gradients
        optimizer.update(with: Gradients(gradients.entries.filter { player.owns($0.path) }))
      }
    }
    #expect(distance() < 0.2 * before, "\(kind): from \(before) to \(distance())")
  }
}

@Suite struct CodePriorTests {
  @Test(arguments: CodePrior.allCases) func samplesAreOfTheLaw(prior: CodePrior) {
    let network = plainAutoencoder(prior: prior)
    let codes = network.samplePrior(4000, using: Generator(seed: 1)).to(.float64)
    #expect(codes.shape == [4000, 2])
    let squares = squared(codes).sum(dim: 1).mean().item()
    // E‖z‖²: 2; (1 + 0.64)/2; 2/3. Four standard errors of 4000 draws at most.
    let moments: [CodePrior: Double] = [.gaussian: 2, .ring: 0.82, .square: 2.0 / 3]
    let expected = moments[prior] ?? 0
    #expect(Swift.abs(squares - expected) < 0.13)
    let norms = codes.norm(dims: [1])
    if prior == .ring {
      #expect(norms.min().item() >= 0.8 - 1e-6 && norms.max().item() <= 1 + 1e-6)
    }
    if prior == .square { #expect(abs(codes).max().item() <= 1) }
  }
}

@Suite struct InfoVAETests {
  @Test func weightsAreThoseOfTheFormula() throws {
    let pass = SmallPass.pass(SmallPass.network(), SmallPass.examples(8))
    let objective = InformationObjective(alpha: 0.25, lambda: 9) {
      AggregateMMD(weight: $0, kernel: .rbf)
    }
    let terms = objective.terms(pass)
    let total = try #require(terms.total()).item()
    let expected =
      terms.value("distortion") + 0.75 * terms.value("rate") + 8.25 * terms.value("mmd")
    #expect(abs(total - expected) < 1e-12)
    #expect(abs(terms.value("elbo") + terms.value("distortion") + terms.value("rate")) < 1e-12)
  }
}

@Suite struct JointVAETests {
  @Test func channelsHaveTheirOwnRates() throws {
    let generator = Generator(seed: 1)
    let bottleneck = jointBottleneck(features: 5, size: 2, categories: [3, 4], using: generator)
    #expect(bottleneck.codeShape == [9])
    let features = Tensor.randn([6, 5], using: generator)
    let posterior = bottleneck.posterior(features) { $0 }
    let draw = posterior.draw(using: generator)
    #expect(draw.codes.shape == [6, 9] && posterior.representative.shape == [6, 9])
    #expect(draw.rates.map(\.name) == ["rate", "rate-discrete"])
    #expect(draw.rates.map(\.value.shape) == [[6, 2], [6, 2]])
    // Entropy form: KL to the uniform law is log K − H.
    for (index, classes) in [3, 4].enumerated() {
      let start = index == 0 ? 2 : 5
      let p = posterior.representative[.all, start..<start + classes]
      let rate = log(Tensor(Double(classes))) + (p * log(p)).sum(dim: 1)
      expectClose(draw.rates[1].value[.all, index], rate, relative: 1e-4, absolute: 1e-6)
    }
    let prior = bottleneck.samplePrior(50, encode: { $0 }, using: generator)
    #expect(prior.shape == [50, 9])
    #expect(prior[.all, 2..<5].sum(dim: 1).min().item() == 1)
  }

  @Test func capacitiesFollowTheirChannels() throws {
    let generator = Generator(seed: 1)
    let network = Autoencoder(
      encoder: denseEncoder(3, hidden: [4], using: generator),
      bottleneck: jointBottleneck(features: 4, size: 2, categories: [3], using: generator),
      decoder: NetworkDecoder(
        denseDecoder(5, hidden: [4], outputs: 3, using: generator),
        likelihood: BernoulliLikelihood(binarisation: .none), exampleShape: [1, 3]))
    let objective = jointObjective(
      continuous: (2, 10), discrete: (3, 10), categories: [3], steps: 100)
    let examples = SmallPass.examples(8).to(.float32)
    let early = objective.terms(SmallPass.pass(network, examples, index: 5))
    #expect(abs(early.value("capacity") - 0.5) < 1e-6)
    #expect(abs(early.value("capacity-discrete") - 0.5) < 1e-3, "both rise alike")
    let pass = SmallPass.pass(network, examples, index: 50)
    let terms = objective.terms(pass)
    #expect(terms.value("capacity") == 5)
    let most = log(Tensor(3.0, dtype: .float64)).item()
    #expect(abs(terms.value("capacity-discrete") - most) < 1e-6, "no more than log 3")
    let gaps =
      2 * Swift.abs(terms.value("rate") - 5)
      + 3 * Swift.abs(terms.value("rate-discrete") - most)
    let total = try #require(terms.total()).item()
    #expect(abs(total - (terms.value("distortion") + gaps)) < 1e-4)
    let elbo = -terms.value("distortion") - terms.value("rate") - terms.value("rate-discrete")
    #expect(abs(terms.value("elbo") - elbo) < 1e-4, "the bound counts both rates")
  }
}
