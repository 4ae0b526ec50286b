import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// A denoiser that knows normal data of variance s²: ε̂ = σ x_t/(α² s² + σ²).
private final class KnownDenoiser: Module, Denoiser {
  let variance: Double
  init(variance: Double) { self.variance = variance }
  func callAsFunction(_ noised: Tensor, logSNR: Tensor, labels: Tensor?) -> Tensor {
    let level = NoiseLevel(logSNR: logSNR)
    return level.sigma * noised / (variance * squared(level.alpha) + squared(level.sigma))
  }
}

@Suite struct DiffusionMethodTests {
  static func config(_ settings: [String]) throws -> Config {
    var config = Config(DiffusionRecipe().settings)
    for setting in settings + ["channels=8", "blocks=1", "multipliers=1,2", "hidden=16"] {
      try config.set(setting)
    }
    return config
  }

  static func made(
    _ settings: [String], data: DatasetSchema = DatasetSchema(.vector, shape: [2])
  ) throws -> Diffusion {
    let method = try DiffusionRecipe().make(
      config(settings), data: data, using: Generator(seed: 1))
    return try #require(method as? Diffusion)
  }

  static let pictures = DatasetSchema(
    .greyImage, shape: [1, 8, 8], range: 0...1, classNames: ["a", "b", "c"])

  /// In continuous time and with the exact denoiser the bound is E log p(x), whatever the schedule and scale.
  @Test func boundOfNormalDataIsItsEntropy() {
    let network = DiffusionModel(
      KnownDenoiser(variance: 0.25), schedule: CosineSchedule(cleanest: 8, noisiest: -8),
      exampleShape: [3], scale: .asIs)
    var settings = Diffusion.Settings()
    settings.scoreDraws = 100
    let data = 0.5 * Tensor.randn([8000, 3], using: Generator(seed: 2))
    let entropy = 1.5 * (1 + Double.log(2 * Double.pi * 0.25))
    let exact = Diffusion(network, settings: settings).score(data, using: Generator(seed: 3))
    #expect(Swift.abs(exact.mean().item() + entropy) < 0.06)
    // Finitely many steps cost more the fewer they are.
    settings.scoreDraws = 10
    var bounds: [Double] = []
    for steps in [20, 100] {
      settings.steps = steps
      let score = Diffusion(network, settings: settings).score(data, using: Generator(seed: 3))
      bounds.append(score.mean().item())
    }
    #expect(bounds[0] < bounds[1] - 0.1 && bounds[1] < -entropy)
  }

  /// Data of another scale have a bound that differs by the logarithm of the scale.
  @Test func scoreIsInTheDatasOwnNumbers() throws {
    let scores = try [1.0, 100].map { scale in
      let method = try Self.made([])
      let data = scale * (3 + Tensor.randn([64, 2], using: Generator(seed: 2)))
      let batch = Batch(examples: data, indices: Array(0..<64))
      let step = Step(index: 0, epoch: 0, exampleCount: 64, generator: Generator(seed: 3))
      _ = training(method.model) { method.terms(batch, step) }
      return method.score(data, using: Generator(seed: 4)).mean().item()
    }
    #expect(Swift.abs(scores[0] - scores[1] - 2 * Double.log(100)) < 1e-2)
  }

  /// Held-out terms add up, and an untrained network of pictures knows less than a code of eight bits a pixel.
  @Test(arguments: ["0", "1000"]) func termsAddUp(steps: String) throws {
    let method = try Self.made(
      ["steps=\(steps)", "noise-schedule=log-linear"], data: Self.pictures)
    let batch = Batch(
      examples: Tensor.rand([32, 1, 8, 8], using: Generator(seed: 1)), indices: Array(0..<32))
    let step = Step(index: 0, epoch: 0, exampleCount: 32, generator: Generator(seed: 3))
    let terms = withoutGradients { method.heldOutTerms(batch, step) }
    let parts = ["prior", "diffusion", "reconstruction"].map { terms.value($0) }
    #expect(Swift.abs(terms.value("elbo") + parts.reduce(0, +)) < 1e-3)
    #expect(
      Swift.abs(terms.value("bits-per-dim") + terms.value("elbo") / (64 * Double.log(2.0))) < 1e-4)
    #expect(parts.allSatisfy { $0 >= 0 } && terms.value("bits-per-dim") > 6)
  }

  /// Both players of a learned schedule move what is theirs; in discrete time there is one.
  @Test func learnedScheduleHasItsPlayers() throws {
    let method = try Self.made(["noise-schedule=learned", "objective=elbo"])
    #expect(
      try Self.made(["noise-schedule=learned", "objective=elbo", "steps=10"]).players.count == 1)
    #expect(method.players.map(\.name) == ["model", "schedule"])
    let batch = Batch(
      examples: Tensor.randn([32, 2], using: Generator(seed: 2)), indices: Array(0..<32))
    let step = Step(index: 0, epoch: 0, exampleCount: 32, generator: Generator(seed: 3))
    for player in method.players {
      let gradients = valueAndGradient(of: method.model) { _ in
        method.terms(batch, step).total(for: player.name) ?? Tensor(0)
      }.gradients
      let own = gradients.entries.filter { player.owns($0.path) }
      #expect(own.contains { $0.path.hasPrefix("schedule.") })
      #expect(own.allSatisfy { $0.gradient.isFinite.all().item() == 1 })
      #expect(own.contains { abs($0.gradient).max().item() > 0 })
    }
  }

  /// All targets and objectives train, and a network with labels draws examples of each.
  @Test(arguments: DiffusionTarget.allCases) func everyTargetLearns(
    target: DiffusionTarget
  ) throws {
    for objective in ["simple", "elbo", "min-snr"] {
      let method = try Self.made([
        "target=\(target.rawValue)", "objective=\(objective)", "log-snr-max=6", "log-snr-min=-6",
      ])
      let optimizer = Optimizer(Adam(), for: method, learningRate: 5e-3)
      let noise = Generator(seed: 5)
      var first: Double?
      var last = 0.0
      for index in 0..<60 {
        // Of data without structure a network of velocities could learn nothing: its target is noise alone.
        let common = Tensor.randn([256, 1], using: noise)
        let own = 0.1 * Tensor.randn([256, 1], using: noise)
        let examples = concatenated([common, common + own], dim: 1)
        let batch = Batch(examples: examples, indices: Array(0..<256))
        let step = Step(index: index, epoch: 0, exampleCount: 256, generator: noise)
        let (value, gradients) = valueAndGradient(of: method.model) { _ in
          method.terms(batch, step).total() ?? Tensor(0)
        }
        optimizer.update(with: gradients)
        last = value.item()
        first = first ?? last
      }
      #expect(last < (first ?? 0), "\(target) \(objective): from \(first ?? .nan) to \(last)")
    }
  }

  @Test func labelsAreConditions() throws {
    let method = try Self.made(
      ["labels=true", "sampling-steps=3", "guidance=2"], data: Self.pictures)
    let conditional = try #require(method as? any Conditions)
    #expect(conditional.conditionNames == ["a", "b", "c"])
    let labels = Tensor([0, 2, 1])
    let one = withoutGradients { conditional.sample(conditions: labels, using: Generator(seed: 1)) }
    #expect(one.shape == [3, 1, 8, 8])
    #expect(one.min().item() >= 0 && one.max().item() <= 1)
    #expect(try Self.made([], data: Self.pictures) as? any Conditions == nil)
  }

  @Test func unetTakesOddSidesAndLabels() {
    let sizes = UNetSizes(channels: 8, multipliers: [1, 2, 2], blocks: 1).fitting(
      height: 28, width: 28)
    #expect(sizes.multipliers.count == 3)
    #expect(UNetSizes().fitting(height: 7, width: 8).multipliers == [1])
    let network = UNetDenoiser(
      channels: 1, sizes: sizes, classes: 10, using: Generator(seed: 1))
    let x = Tensor.randn([2, 1, 28, 28], using: Generator(seed: 2))
    let out = network(x, logSNR: Tensor([1.0, -1.0]), labels: Tensor([3, 10]))
    #expect(out.shape == x.shape && abs(out).max().item() == 0)
  }

  @Test(arguments: [
    ["noise-schedule=learned"], ["steps=1"], ["labels=true"], ["network=unet"],
    ["log-snr-max=-5", "log-snr-min=5"],
  ]) func refuses(settings: [String]) {
    #expect(throws: RecipeError.self) { try Self.made(settings) }
  }
}

extension Double {
  fileprivate static func log(_ x: Double) -> Double {
    Torch.log(Tensor(x, dtype: .float64)).item()
  }
}
