public import LatentCore
public import LatentLearning

extension TrainingSettings {
  /// The optimiser that a config means for `method`, its schedule laid over `steps` steps, on this many examples.
  public static func optimizer(
    _ config: Config, for method: any Method, steps: Int, examples: Int
  ) -> Optimizer {
    Optimizer(
      rule(config, examples: examples), for: method, learningRate: schedule(config, steps: steps))
  }

  /// Refuses settings that need the number of steps where the budget is minutes; throws `RecipeError`.
  static func checkLength(_ config: Config, _ options: TrainingOptions) throws {
    guard case .minutes = options.budget, options.scheduleSteps == nil else { return }
    let schedule = config[shape]
    let annealing = options.klAnnealing
    let found: String
    if [.linear, .cosine, .oneCycle].contains(schedule) {
      found = "schedule=\(schedule.rawValue)"
    } else if schedule != .constant, config[decayEvery] == 0 {
      found = "schedule=\(schedule.rawValue) without decay-every"
    } else if annealing.needsLength {
      let warmup = annealing.shape == .linear ? " without kl-warmup" : ""
      found = "kl-annealing=\(annealing.shape.rawValue)\(warmup)"
    } else {
      return
    }
    throw RecipeError(
      "\(found) needs the number of steps, found a budget in minutes",
      remedy: "use --steps or --epochs, or say --set schedule-steps=N; --dry-run estimates them")
  }

  private static func rule(_ config: Config, examples: Int) -> any UpdateRule {
    let decay = config[weightDecay]
    return switch config[rule] {
    case .adam: Adam(weightDecay: decay)
    case .adamw: AdamW(weightDecay: decay)
    case .sgd: SGD(weightDecay: decay)
    case .rmsprop: RMSProp(weightDecay: decay)
    case .adamax: Adamax(weightDecay: decay)
    case .lion: Lion(weightDecay: decay)
    case .ivon:
      IVON(
        effectiveSampleSize: config[sampleSize] > 0 ? config[sampleSize] : Double(examples),
        initialHessian: config[hessian], beta2: config[hessianMemory],
        weightDecay: decay > 0 ? decay : 1e-4, samples: config[weightDraws])
    }
  }

  /// The learning rate of each step.
  static func schedule(_ config: Config, steps: Int) -> Schedule {
    let rate = config[learningRate]
    let last = rate * config[finalRate]
    let factor = config[decayFactor]
    let after = max(steps - config[warmup], 1)
    let period = config[decayEvery] > 0 ? config[decayEvery] : max(after / 3, 1)
    let main: Schedule =
      switch config[shape] {
      case .constant: .constant(rate)
      case .linear: .linear(from: rate, to: last, steps: after)
      case .cosine: .cosine(from: rate, to: last, steps: after)
      case .step: .step(from: rate, every: period, factor: factor)
      case .exponential: .exponential(from: rate, factor: factor, over: period)
      case .oneCycle: .oneCycle(peak: rate, steps: after)
      }
    return config[warmup] > 0 ? main.warmedUp(over: config[warmup]) : main
  }
}
