import Datasets
import LatentCore
import Torch

/// The settings of `latent train diffusion`, and the parts that they describe.
struct DiffusionKeys: Sendable {
  let schedule = ConfigKey(
    "schedule", default: NoiseScheduleKind.cosine, "How noise grows with time.")
  let steps = ConfigKey(
    "steps", default: 0, in: .between(0, 1_000_000),
    "Steps of the bound; 0 is continuous time, DDPM's are 1000.")
  let cleanest = ConfigKey(
    "log-snr-max", default: 13.3, in: .between(-20, 20),
    "Log signal-to-noise ratio at time 0; 9.1 with schedule=linear steps=1000 is DDPM's.")
  let noisiest = ConfigKey(
    "log-snr-min", default: -10.0, in: .between(-20, 20),
    "Log signal-to-noise ratio at time 1; schedule=linear ends at -10 whatever is set.")
  let target = ConfigKey(
    "target", default: DiffusionTarget.noise,
    "What the network predicts; each determines the others.")
  let objective = ConfigKey(
    "objective", default: DiffusionWeighting.simple,
    "How errors at different levels of noise are weighed; elbo is the bound itself.")
  let network = ConfigKey("network", default: DenoiserKind.auto, "The denoising network.")
  let hidden = ConfigKey(
    "hidden", default: [256, 256, 256], each: .between(1, 65536),
    "Units of each hidden layer of the dense network.")
  let channels = ConfigKey(
    "channels", default: 32, in: .between(4, 1024),
    "Channels of the U-Net at the picture's own size.")
  let multipliers = ConfigKey(
    "multipliers", default: [1, 2, 2], each: .between(1, 64),
    "Channels of the U-Net at each halving over `channels`; sides that cannot be halved end the list."
  )
  let blocks = ConfigKey(
    "blocks", default: 2, in: .between(1, 16), "Residual blocks of the U-Net at each size.")
  let heads = ConfigKey(
    "heads", default: 1, in: .between(0, 64), "Heads of attention at the smallest size; 0 for none."
  )
  let dropout = ConfigKey(
    "dropout", default: 0.0, in: .from(0, below: 1),
    "Probability of dropping an element of the U-Net's blocks in training.")
  let labels = ConfigKey("labels", default: false, "Whether the network is told the labels.")
  let labelDropout = ConfigKey(
    "label-dropout", default: 0.1, in: .above(0, upTo: 1),
    "Share of labels hidden in training, from which the network learns to do without.")
  let guidance = ConfigKey(
    "guidance", default: 1.0, in: .between(0, 100),
    "Weight of classifier-free guidance in samples of a label; 1 is the label's own law.")
  let sampler = ConfigKey("sampler", default: DiffusionSamplerKind.ddim, "How samples are drawn.")
  let samplingSteps = ConfigKey(
    "sampling-steps", default: 50, in: .between(2, 100_000), "Levels of noise that a sample passes."
  )
  let eta = ConfigKey(
    "eta", default: 0.0, in: .between(0, 1), "Noise of sampler=ddim; 0 is deterministic.")
  let levels = ConfigKey(
    "levels", default: 256, in: .between(2, 65536),
    "Grey levels of pictures, whose probabilities the bound is about.")

  var schema: ConfigSchema {
    ConfigSchema(
      schedule, steps, cleanest, noisiest, target, objective, network, hidden, channels,
      multipliers, blocks, heads, dropout, labels, labelDropout, guidance, sampler, samplingSteps,
      eta, levels)
  }

  /// The schedule, a learned one with weights from `generator`.
  func schedule(_ config: Config, using generator: Generator) -> any NoiseSchedule {
    let (high, low) = (config[cleanest], config[noisiest])
    return switch config[schedule] {
    case .cosine: CosineSchedule(cleanest: high, noisiest: low)
    case .linear: LinearSchedule(cleanest: high)
    case .logLinear: LogLinearSchedule(cleanest: high, noisiest: low)
    case .learned: LearnedSchedule(cleanest: high, noisiest: low, using: generator)
    }
  }

  /// The network; throws `RecipeError` for a U-Net without pictures or without heads that divide its channels.
  func denoiser(
    _ config: Config, data: DatasetSchema, classes: Int?, using generator: Generator
  ) throws -> any Denoiser {
    let shape = data.exampleShape
    let canHalve = shape.count == 3 && shape[1] % 2 == 0 && shape[2] % 2 == 0
    let isUNet =
      config[network] == .unet || (config[network] == .auto && data.kind.isImage && canHalve)
    guard isUNet else {
      guard !config[hidden].isEmpty else {
        throw RecipeError(
          "recipe diffusion with network=dense expects a hidden layer, found none",
          remedy: "set hidden=256,256,256")
      }
      return DenseDenoiser(
        elements: shape.reduce(1, *), hidden: config[hidden], classes: classes, using: generator)
    }
    guard shape.count == 3, data.kind.isImage, !config[multipliers].isEmpty else {
      throw RecipeError(
        "recipe diffusion with network=unet expects pictures and one multiplier at least, found "
          + "\(data.kind.rawValue) of shape \(shape)",
        remedy: "set network=dense, or multipliers=1,2,2")
    }
    let sizes = UNetSizes(
      channels: config[channels], multipliers: config[multipliers], blocks: config[blocks],
      heads: config[heads], dropout: config[dropout]
    ).fitting(height: shape[1], width: shape[2])
    let widest = sizes.channels * (sizes.multipliers.last ?? 1)
    guard config[heads] == 0 || widest % config[heads] == 0 else {
      throw RecipeError(
        "recipe diffusion expects heads that divide the \(widest) channels of the smallest size, "
          + "found \(config[heads])", remedy: "set heads=1")
    }
    return UNetDenoiser(channels: shape[0], sizes: sizes, classes: classes, using: generator)
  }

  /// How the model is trained and used.
  func use(_ config: Config, isPicture: Bool) -> Diffusion.Settings {
    var use = Diffusion.Settings()
    use.steps = config[steps]
    use.weighting = config[objective]
    use.grayLevels = isPicture ? config[levels] : 0
    use.labelDropout = config[labelDropout]
    use.guidance = config[guidance]
    use.samplingSteps = config[samplingSteps]
    use.sampler = config[sampler] == .ddpm ? DDPMSampler() : DDIMSampler(eta: config[eta])
    return use
  }
}
