/// How long training goes on.
public enum Budget: Sendable, Hashable, CustomStringConvertible {
  /// Passes over the training data.
  case epochs(Int)
  /// Updates.
  case steps(Int)
  /// Time at work, not counting interruptions.
  case minutes(Double)

  /// `epochs=10`, `steps=500` or `minutes=2.0`, as a run's record has it.
  public var description: String {
    switch self {
    case .epochs(let count): "epochs=\(count)"
    case .steps(let count): "steps=\(count)"
    case .minutes(let length): "minutes=\(length)"
    }
  }

  /// Reads what `description` wrote; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "=")
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "epochs": if let count = Int(parts[1]) { self = .epochs(count) } else { return nil }
    case "steps": if let count = Int(parts[1]) { self = .steps(count) } else { return nil }
    case "minutes": if let length = Double(parts[1]) { self = .minutes(length) } else { return nil }
    default: return nil
    }
  }
}

/// What every recipe's training can be told.
public struct TrainingOptions: Sendable, Hashable {
  /// How long.
  public var budget: Budget
  /// Examples that pass through the model at a time.
  public var batchSize = 128
  /// Batches whose gradients make one update, as one of so many times the examples would.
  ///
  /// An update ends with its epoch. What the model takes from a batch (batch statistics, free bits)
  /// it takes from each part.
  public var accumulation = 1
  /// The largest norm of all gradients together, or nil for no limit.
  public var gradientClip: Double?
  /// In what the model multiplies.
  public var precision = Precision.float32
  /// The decay of the average of the weights that are judged and handed out, or nil for none.
  public var averageDecay: Double?
  /// The course of the rate's weight, 1 in what is held out.
  public var klAnnealing = KLAnnealing()
  /// The nats of rate a dimension that are not minimised, 0 in what is held out.
  public var freeBits = 0.0
  /// The steps that annealing is laid over, or nil for those of the budget.
  public var scheduleSteps: Int?
  /// A loss that stays above its first value by this many times its size ends training; nil for never.
  public var divergenceLimit: Double? = 1000
  /// Validations without a better one after which training stops, or nil.
  public var patience: Int?
  /// The least number of epochs between two validations.
  public var validationInterval = 1
  /// The least number of seconds between two checkpoints; 0 for one after each step.
  public var checkpointSeconds = 10.0
  /// Steps between two lines of events.
  public var logInterval = 20
  /// Whether a step of fixed shapes is recorded and replayed where the device gains by it.
  public var replaysSteps = false
  /// The number that all randomness comes from.
  public var seed: UInt64 = 0

  /// Training for this long, everything else by default.
  public init(budget: Budget) {
    self.budget = budget
  }
}

extension TrainingOptions {
  /// Examples an update.
  public var updateSize: Int { batchSize * accumulation }

  /// Updates in an epoch.
  func updatesPerEpoch(examples: Int) -> Int { 1 + (examples - 1) / updateSize }

  /// Updates in all, nil for a budget in minutes.
  func steps(examples: Int) -> Int? {
    switch budget {
    case .steps(let count): return count
    case .minutes: return nil
    case .epochs(let count):
      let (product, overflows) = count.multipliedReportingOverflow(
        by: updatesPerEpoch(examples: examples))
      return overflows ? .max : product
    }
  }

  /// The steps that schedules are laid over; 1 where nobody knows, and then none may depend on it.
  func scheduleLength(examples: Int) -> Int { scheduleSteps ?? steps(examples: examples) ?? 1 }
}
