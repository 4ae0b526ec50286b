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
  /// Examples a step.
  public var batchSize = 128
  /// The largest norm of all gradients together, or nil for no limit.
  public var gradientClip: Double?
  /// Validations without a better one after which training stops, or nil.
  public var patience: Int?
  /// The least number of epochs between two validations.
  public var validationInterval = 1
  /// The least number of seconds between two checkpoints; 0 for one after each step.
  public var checkpointSeconds = 10.0
  /// Steps between two lines of events.
  public var logInterval = 20
  /// The number that all randomness comes from.
  public var seed: UInt64 = 0

  /// Training for this long, everything else by default.
  public init(budget: Budget) {
    self.budget = budget
  }
}

extension TrainingOptions {
  /// Updates in all; for a budget in minutes a guess that schedules can use.
  func steps(examples: Int) -> Int {
    switch budget {
    case .steps(let count): return count
    case .minutes: return 10_000
    case .epochs(let count):
      let (product, overflows) = count.multipliedReportingOverflow(
        by: 1 + (examples - 1) / batchSize)
      return overflows ? .max : product
    }
  }
}
