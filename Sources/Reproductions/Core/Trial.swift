public import LatentCore
public import Torch

/// One seed's measurement: where its randomness comes from, and how long it may take.
public struct Trial {
  /// The number that all randomness comes from.
  public let seed: UInt64
  /// Whether only the code path is wanted: tiny sizes, numbers without meaning.
  public let isQuick: Bool
  private let minutes: Double
  private let start = processorSeconds()

  /// A measurement that begins now and may take this many minutes of two cores.
  public init(seed: UInt64, isQuick: Bool = false, minutes: Double) {
    self.seed = seed
    self.isQuick = isQuick
    self.minutes = minutes
  }

  /// A generator for one purpose, independent of those for others.
  public func generator(_ purpose: SeedPurpose) -> Generator {
    Generator(seed: purpose.seed(for: seed))
  }

  /// `full`, or `quick` where only the code path is wanted.
  public func size(_ full: Int, quick: Int) -> Int { isQuick ? quick : full }

  /// Throws `OverBudget` when the time is up; for loops to call at each step.
  ///
  /// Counted is the processor time of the whole process, two minutes for each of the budget's, so that what else the
  /// machine does takes nothing from a measurement.
  public func checkBudget() throws {
    if processorSeconds() - start > 2 * 60 * minutes {
      throw OverBudget(seed: seed, minutes: minutes)
    }
  }
}

/// A measurement took longer than the budget that was stated before it.
public struct OverBudget: Error, CustomStringConvertible, Sendable, Equatable {
  /// Whose measurement.
  public let seed: UInt64
  /// The budget, in minutes of two cores.
  public let minutes: Double

  /// Seed and budget.
  public var description: String {
    "seed \(seed) was given up: it took longer than its budget of \(minutes) minutes on two cores"
  }
}
