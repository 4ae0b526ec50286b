public import Torch

/// Where training stands, handed to an objective: counters, the data's size and the random source.
///
/// Schedules of an objective (annealing, capacity, temperature) are functions of these numbers, so
/// that a resumed run goes on with the same values.
public struct Step {
  /// Updates done before this one.
  public let index: Int
  /// Epochs done before this one.
  public let epoch: Int
  /// The number of training examples.
  public let exampleCount: Int
  /// The source of all randomness of the objective.
  public let generator: Generator
  /// What the weight of the rate is multiplied by: KL annealing, 1 when it is over.
  public var rateWeight = 1.0
  /// Nats that each dimension of the code may spend before its rate is minimised.
  public var freeBits = 0.0

  /// A place in training.
  public init(index: Int, epoch: Int, exampleCount: Int, generator: Generator) {
    self.index = index
    self.epoch = epoch
    self.exampleCount = exampleCount
    self.generator = generator
  }
}
