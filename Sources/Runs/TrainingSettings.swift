public import LatentCore

/// The settings that every recipe's training has, beside its own.
public enum TrainingSettings {
  /// The formulas of a step.
  enum Rule: String, CaseIterable, ConfigValue {
    case adam, adamw, sgd, rmsprop, adamax, lion, ivon
  }

  /// The shapes of the learning rate over the run.
  enum Shape: String, CaseIterable, ConfigValue {
    case constant, linear, cosine, step, exponential, oneCycle = "one-cycle"
  }

  static let batchSize = ConfigKey(
    "batch-size", default: 128, in: .between(1, 1_000_000), "Examples a batch.")
  static let accumulate = ConfigKey(
    "accumulate", default: 1, in: .between(1, 1_000_000), unit: "batches",
    "Batches whose gradients make one update.")
  static let rule = ConfigKey("optimizer", default: Rule.adam, "Formula of a step.")
  static let learningRate = ConfigKey(
    "learning-rate", default: 1e-3, in: .above(0, upTo: 100),
    "Learning rate after warm-up, the largest of one-cycle; ivon's is about 0.1.")
  static let shape = ConfigKey(
    "schedule", default: Shape.constant, "Course of the learning rate to the end of the budget.")
  static let warmup = ConfigKey(
    "warmup", default: 0, in: .atLeast(0), unit: "steps", "Steps of linear warm-up.")
  static let finalRate = ConfigKey(
    "final-rate", default: 0.0, in: .between(0, 1),
    "Last learning rate of linear and cosine, as a part of the first.")
  static let decayEvery = ConfigKey(
    "decay-every", default: 0, in: .atLeast(0), unit: "steps",
    "Steps in which step and exponential fall by decay-factor; 0 for a third of the schedule.")
  static let decayFactor = ConfigKey(
    "decay-factor", default: 0.1, in: .above(0, upTo: 1), "Factor of step and exponential.")
  static let scheduleSteps = ConfigKey(
    "schedule-steps", default: 0, in: .atLeast(0), unit: "steps",
    "Steps that schedule and annealing are laid over; 0 for those of the budget.")
  static let weightDecay = ConfigKey(
    "weight-decay", default: 0.0, in: .between(0, 10),
    "Factor of the weight penalty; 0 is 1e-4 for ivon, whose prior it is.")
  static let sampleSize = ConfigKey(
    "ivon-examples", default: 0.0, in: .atLeast(0), unit: "examples",
    "Examples that ivon's posterior counts for; 0 for those of the training set.")
  static let hessian = ConfigKey(
    "ivon-hessian", default: 0.1, in: .above(0, upTo: 1e6), "Ivon's Hessian before the first step.")
  static let hessianMemory = ConfigKey(
    "ivon-beta2", default: 0.99999, in: .between(0, 1), "Memory of ivon's Hessian.")
  static let weightDraws = ConfigKey(
    "ivon-draws", default: 1, in: .between(1, 1000), "Draws of the weights in a step of ivon.")
  static let clip = ConfigKey(
    "clip", default: 0.0, in: .atLeast(0), "Largest norm of the gradients; 0 for no limit.")
  static let precision = ConfigKey(
    "precision", default: Precision.float32,
    "What the model multiplies in; parameters and optimiser stay float32.")
  static let average = ConfigKey(
    "ema", default: 0.0, in: .from(0, below: 1),
    "Decay of the average of the weights that are validated and kept; 0 for none.")
  static let annealing = ConfigKey(
    "kl-annealing", default: KLAnnealing.Shape.none,
    "How the weight of the rate rises from 0 to 1: not, once, or in cycles.")
  static let annealingWarmup = ConfigKey(
    "kl-warmup", default: 0, in: .atLeast(0), unit: "steps",
    "Steps that the weight of the rate rises in; 0 for kl-proportion.")
  static let annealingCycles = ConfigKey(
    "kl-cycles", default: 4, in: .between(1, 1_000_000), "Cycles of cyclical annealing.")
  static let annealingProportion = ConfigKey(
    "kl-proportion", default: 0.5, in: .above(0, upTo: 1),
    "Part of the run, or of a cycle, that the weight of the rate rises in.")
  static let freeBits = ConfigKey(
    "free-bits", default: 0.0, in: .between(0, 1e6), unit: "nats",
    "Rate of each code dimension that is not minimised.")
  static let divergence = ConfigKey(
    "divergence-limit", default: 1000.0, in: .atLeast(0),
    "Times its first size that a loss may stay above its first value; 0 for no limit.")
  static let replay = ConfigKey(
    "replay", default: false,
    "Whether a step is recorded once and replayed on graphics processors; not tried on one yet.")
  static let patience = ConfigKey(
    "patience", default: 0, in: .atLeast(0),
    "Validations without a better one before training stops; 0 for never.")
  static let validateEvery = ConfigKey(
    "validate-every", default: 1, in: .atLeast(1), unit: "epochs", "Epochs between validations.")
  static let checkpointSeconds = ConfigKey(
    "checkpoint-seconds", default: 10.0, in: .atLeast(0), unit: "s",
    "Least time between checkpoints, which is the most that a kill costs; 0 for each step.")
  static let logEvery = ConfigKey(
    "log-every", default: 20, in: .atLeast(1), unit: "steps", "Steps between lines of the log.")

  /// All of them.
  public static let schema = ConfigSchema(
    batchSize, accumulate, rule, learningRate, shape, warmup, finalRate, decayEvery, decayFactor,
    scheduleSteps, weightDecay, sampleSize, hessian, hessianMemory, weightDraws, clip, precision,
    average, annealing, annealingWarmup,
    annealingCycles, annealingProportion, freeBits, divergence, patience, validateEvery,
    checkpointSeconds, logEvery, replay)

  /// The options that a config and a budget mean.
  public static func options(_ config: Config, budget: Budget, seed: UInt64) -> TrainingOptions {
    var options = TrainingOptions(budget: budget)
    options.batchSize = config[batchSize]
    options.accumulation = config[accumulate]
    options.precision = config[precision]
    options.averageDecay = positive(config[average])
    options.klAnnealing = KLAnnealing(
      config[annealing], warmup: positive(config[annealingWarmup]), cycles: config[annealingCycles],
      proportion: config[annealingProportion])
    options.freeBits = config[freeBits]
    options.scheduleSteps = positive(config[scheduleSteps])
    options.divergenceLimit = positive(config[divergence])
    options.gradientClip = positive(config[clip])
    options.patience = positive(config[patience])
    options.validationInterval = config[validateEvery]
    options.logInterval = config[logEvery]
    options.checkpointSeconds = config[checkpointSeconds]
    options.replaysSteps = config[replay]
    options.seed = seed
    return options
  }

  /// Nil for the 0 that stands for «none».
  private static func positive<Number: Comparable & ExpressibleByIntegerLiteral>(
    _ number: Number
  ) -> Number? {
    number > 0 ? number : nil
  }
}
