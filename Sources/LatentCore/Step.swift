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
  /// What the rate's own weight is multiplied by: less than 1 while it is annealed, 1 for the bound.
  ///
  /// `Terms.minimiseRate` applies it. **Source**: Bowman et al. 2015, arXiv:1511.06349, section 3.1.
  public var rateWeight: Double
  /// λ, the nats of rate a dimension that are not minimised further; 0 for the bound.
  ///
  /// `Terms.minimiseRate` applies it. **Source**: Kingma et al. 2016, arXiv:1606.04934.
  public var freeBits: Double
  /// Brings the rows of all processes that train together to each; nil for a process on its own.
  public var gather: ((Tensor) -> Tensor)?

  /// A place in training; without the last three, the objective is the method's own.
  public init(
    index: Int, epoch: Int, exampleCount: Int, generator: Generator, rateWeight: Double = 1,
    freeBits: Double = 0, gather: ((Tensor) -> Tensor)? = nil
  ) {
    self.index = index
    self.epoch = epoch
    self.exampleCount = exampleCount
    self.generator = generator
    self.rateWeight = rateWeight
    self.freeBits = freeBits
    self.gather = gather
  }
  /// The rows of the whole batch for those of this process's examples, [n · k, …] for n examples: themselves
  /// unless several processes train together. No gradient passes.
  ///
  /// For what is no mean over examples, such as a codebook's statistics; every process has to ask.
  public func joined(_ rows: Tensor) -> Tensor { gather?(rows.detached()) ?? rows.detached() }
}
