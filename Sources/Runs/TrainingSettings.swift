public import LatentCore
public import LatentLearning

/// The settings that every recipe's training has, beside its own.
public enum TrainingSettings {
  /// The formulas of a step.
  enum Rule: String, CaseIterable, ConfigValue {
    case adam, adamw, sgd, rmsprop, adamax, lion
  }

  /// The shapes of the learning rate over the run.
  enum Shape: String, CaseIterable, ConfigValue {
    case constant, cosine, linear
  }

  static let batchSize = ConfigKey(
    "batch-size", default: 128, in: .between(1, 1_000_000), "Examples a step.")
  static let rule = ConfigKey("optimizer", default: Rule.adam, "Formula of a step.")
  static let learningRate = ConfigKey(
    "learning-rate", default: 1e-3, in: .above(0, upTo: 100), "Learning rate after warm-up.")
  static let shape = ConfigKey(
    "schedule", default: Shape.constant, "Course of the learning rate to the end of the budget.")
  static let warmup = ConfigKey(
    "warmup", default: 0, in: .atLeast(0), unit: "steps", "Steps of linear warm-up.")
  static let weightDecay = ConfigKey(
    "weight-decay", default: 0.0, in: .between(0, 10), "Factor of the weight penalty.")
  static let clip = ConfigKey(
    "clip", default: 0.0, in: .atLeast(0), "Largest norm of the gradients; 0 for no limit.")
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
    batchSize, rule, learningRate, shape, warmup, weightDecay, clip, patience, validateEvery,
    checkpointSeconds, logEvery)

  /// The options that a config and a budget mean.
  public static func options(_ config: Config, budget: Budget, seed: UInt64) -> TrainingOptions {
    var options = TrainingOptions(budget: budget)
    options.batchSize = config[batchSize]
    options.gradientClip = config[clip] > 0 ? config[clip] : nil
    options.patience = config[patience] > 0 ? config[patience] : nil
    options.validationInterval = config[validateEvery]
    options.logInterval = config[logEvery]
    options.checkpointSeconds = config[checkpointSeconds]
    options.seed = seed
    return options
  }

  /// The optimiser that a config means for `method`, over `steps` steps.
  public static func optimizer(
    _ config: Config, for method: any Method, steps: Int
  ) -> Optimizer {
    Optimizer(rule(config), for: method, learningRate: schedule(config, steps: steps))
  }

  private static func rule(_ config: Config) -> any UpdateRule {
    let decay = config[weightDecay]
    return switch config[rule] {
    case .adam: Adam(weightDecay: decay)
    case .adamw: AdamW(weightDecay: decay)
    case .sgd: SGD(weightDecay: decay)
    case .rmsprop: RMSProp(weightDecay: decay)
    case .adamax: Adamax(weightDecay: decay)
    case .lion: Lion(weightDecay: decay)
    }
  }

  private static func schedule(_ config: Config, steps: Int) -> Schedule {
    let rate = config[learningRate]
    let after = max(steps - config[warmup], 1)
    let main: Schedule =
      switch config[shape] {
      case .constant: .constant(rate)
      case .cosine: .cosine(from: rate, steps: after)
      case .linear: .linear(from: rate, to: 0, steps: after)
      }
    return config[warmup] > 0 ? main.warmedUp(over: config[warmup]) : main
  }
}
