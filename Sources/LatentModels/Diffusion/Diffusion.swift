public import Datasets
public import LatentCore
public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A diffusion model: noise is added step by step, a network learns to take it away.
///
/// Terms: `loss`, what is minimised; watched `elbo` with its parts `prior` (L_T), `diffusion` (Σ L_{t−1}, or its integral) and
/// `reconstruction` (L_0), in nats, and `bits-per-dim`. Times are spread evenly over the batch, which lowers the variance of
/// each. The code of an example is the noise that deterministic sampling would make it of. **Source**: Luo 2022, arXiv
/// 2208.11970; Ho, Jain & Abbeel 2020, arXiv 2006.11239; Kingma et al. 2021, arXiv 2107.00630.
public class Diffusion: Method, Samples, Scores, Encodes, Decodes, Reconstructs {
  /// What a diffusion model is trained and used with.
  public struct Settings: Sendable {
    /// Steps of the bound; 0 for continuous time.
    public var steps = 0
    /// What is minimised.
    public var weighting = DiffusionWeighting.simple
    /// The grey levels of pictures, whose probabilities are bounded; 0 for a density.
    public var grayLevels = 0
    /// The share of labels that are hidden in training, so that the network learns to do without.
    public var labelDropout = 0.1
    /// γ of classifier-free guidance; 1 for the conditional score as it is.
    public var guidance = 1.0
    /// How many levels a sample passes.
    public var samplingSteps = 50
    /// One step of sampling.
    public var sampler: any DiffusionSampler = DDIMSampler()
    /// Draws of time for each example whose bound is asked for.
    public var scoreDraws = 16

    /// Continuous time, the simple loss, fifty deterministic steps.
    public init() {}
  }

  /// Network, schedule and scale.
  public let network: DiffusionModel
  /// How it is trained and used.
  public let settings: Settings

  /// A method from its parts.
  ///
  /// **Fails** (stops) for a learned schedule whose ends and course the objective does not see.
  public init(_ network: DiffusionModel, settings: Settings = Settings()) {
    precondition(
      settings.weighting == .elbo || !(network.schedule is LearnedSchedule),
      "a learned schedule needs the bound as its objective")
    precondition(settings.steps != 1 && settings.samplingSteps > 1, "expected two steps or more")
    (self.network, self.settings) = (network, settings)
  }

  /// The network.
  public var model: Module { network }
  /// By the bound.
  public var selection: Selection { Selection(term: "elbo", isBetterWhenLarger: true) }
  /// One, or with a learned schedule in continuous time two: `model` minimises the bound, and `schedule` its variance.
  public var players: [Player] {
    guard settings.steps == 0, network.schedule is LearnedSchedule else { return [Player()] }
    let isShape: @Sendable (String) -> Bool = {
      $0.hasPrefix("schedule.") && LearnedSchedule.isShape($0)
    }
    return [Player { !isShape($0) }, Player(name: "schedule", owns: isShape)]
  }

  /// The terms of a batch at one time an example.
  public func terms(_ batch: Batch, _ step: Step) -> Terms {
    if network.mode == .training { network.scaling.fitOnce(to: batch.examples) }
    let x = scaled(batch.examples)
    let draw = DiffusionDraw(x, settings, evenly: false, network, using: step.generator)
    let labels = hidingLabels(batch.labels, using: step.generator)
    let prediction = network.predict(draw.noised, at: draw.level, labels: labels)
    let parts = draw.parts(prediction)
    var terms = Terms()
    watch(parts, in: &terms)
    let rest = parts.prior + parts.reconstruction
    switch settings.weighting {
    case .elbo:
      terms.minimise("loss", (parts.diffusion + rest).mean(), unit: .nats)
      if players.count > 1 {
        terms.minimise(
          "variance", squared(parts.diffusion).mean(), unit: .plain, by: "schedule")
      }
    case .simple, .minSNR:
      let cost = settings.weighting.cost(example: x, noise: draw.noise, prediction)
      terms.minimise("loss", cost.mean() / dimensions, unit: .plain)
    }
    return terms
  }

  /// The bound of a held-out batch, given its labels where the network knows them; in continuous time λ is drawn evenly, for which the integrand varies least.
  public func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms {
    let x = scaled(batch.examples)
    let draw = DiffusionDraw(x, settings, evenly: true, network, using: step.generator)
    let labels = network.classes == nil ? nil : batch.labels
    var terms = Terms()
    watch(draw.parts(network.predict(draw.noised, at: draw.level, labels: labels)), in: &terms)
    return terms
  }

  /// `ELBO`, without labels.
  public var bound: String { "ELBO" }
  /// Levels of pictures, or the data's numbers.
  public var density: String {
    settings.grayLevels > 0 ? "\(settings.grayLevels) levels of each number" : "the data's numbers"
  }

  /// The bound of each example in nats, `[n]`: the mean over `scoreDraws` draws of time and noise.
  public func score(_ examples: Tensor, using generator: Generator) -> Tensor {
    let x = scaled(examples)
    var total = Tensor.zeros([x.size(0)], dtype: x.dtype)
    for index in 0..<settings.scoreDraws {
      let shift = Double(index) / Double(settings.scoreDraws)
      let draw = DiffusionDraw(
        x, settings, evenly: true, shift: shift, network, using: generator)
      total += draw.parts(network.predict(draw.noised, at: draw.level)).bound
    }
    return total / settings.scoreDraws - logScale
  }

  /// Examples from noise.
  public func sample(_ count: Int, using generator: Generator) -> Tensor {
    draw(count, labels: nil, using: generator)
  }

  /// Examples from noise under labels `[count]`.
  func draw(_ count: Int, labels: Tensor?, using generator: Generator) -> Tensor {
    let start = Tensor.randn([count] + network.exampleShape, using: generator)
    let denoising = network.denoising(labels: labels, guidance: settings.guidance)
    let isBounded = settings.grayLevels > 0
    let made = settings.sampler.sample(
      from: start, levels: samplingLevels, using: generator
    ) { noised, level in
      let prediction = denoising(noised, level)
      return isBounded ? prediction.clamped(to: -1...1) : prediction
    }
    return network.scaling.inverse(made)
  }

  /// [d], the noise laid flat.
  public var codeShape: [Int] { [network.exampleShape.reduce(1, *)] }

  /// The noise behind each example, `[n, d]`, by deterministic sampling run backwards.
  public func encode(_ examples: Tensor) -> Tensor {
    DDIMSampler.invert(scaled(examples), levels: samplingLevels, network.denoising())
      .flattened(from: 1)
  }

  /// What deterministic sampling makes of noise `[n, d]`.
  public func decode(_ codes: Tensor) -> Tensor {
    let start = codes.reshaped([codes.size(0)] + network.exampleShape)
    let made = DDIMSampler().sample(
      from: start, levels: samplingLevels, using: Generator(seed: 0), network.denoising())
    return network.scaling.inverse(made)
  }

  private var dimensions: Double { Double(network.exampleShape.reduce(1, *)) }

  private var samplingLevels: Tensor { network.schedule.levels(settings.samplingSteps) }

  /// Scaled examples; pictures rounded to their levels.
  private func scaled(_ examples: Tensor) -> Tensor {
    guard settings.grayLevels > 0 else { return network.scaling(examples) }
    let count = settings.grayLevels
    return network.scaling(
      pixelLevels(examples, count: count).to(examples.dtype) / Double(count - 1))
  }

  /// What a density loses from scaled numbers to the data's; probabilities of levels lose nothing.
  private var logScale: Tensor {
    settings.grayLevels > 0 ? Tensor(0.0) : network.scaling.logScale
  }

  private func watch(_ parts: DiffusionDraw.Parts, in terms: inout Terms) {
    let elbo = parts.bound.mean() - logScale
    terms.watch("elbo", elbo, unit: .nats)
    terms.watch("prior", parts.prior.mean(), unit: .nats)
    terms.watch("diffusion", parts.diffusion.mean(), unit: .nats)
    terms.watch("reconstruction", parts.reconstruction.mean() + logScale, unit: .nats)
    terms.watch("bits-per-dim", -elbo / (dimensions * log(2.0)), unit: .bitsPerDimension)
  }

  private func hidingLabels(_ labels: Tensor?, using generator: Generator) -> Tensor? {
    guard let classes = network.classes, let labels else { return nil }
    let hidden = Tensor.rand(labels.shape, using: generator) .< settings.labelDropout
    return labels.to(.int64).replacing(with: classes, where: hidden)
  }
}

/// A diffusion model that knows labels and draws examples of each.
public final class ConditionalDiffusion: Diffusion, Conditions {
  /// The names of the labels.
  public let conditionNames: [String]

  /// A method whose network knows as many labels as there are names.
  public init(_ network: DiffusionModel, settings: Settings, conditionNames: [String]) {
    precondition(
      network.classes == conditionNames.count,
      "the network knows \(network.classes ?? 0) labels, expected \(conditionNames.count)")
    self.conditionNames = conditionNames
    super.init(network, settings: settings)
  }

  /// An example of each label `[n]`, guided by the settings' weight.
  public func sample(conditions: Tensor, using generator: Generator) -> Tensor {
    draw(conditions.size(0), labels: conditions.to(.int64), using: generator)
  }
}
