public import Torch

/// Where training stands, handed to an objective: counters, the data's size and the random source.
///
/// Schedules of an objective (annealing, capacity, temperature) are functions of these numbers, so
/// that a resumed run goes on with the same values.
public struct Step {
  /// Updates done before this one.
  public var index: Int { reads.told(.index, number) }
  /// Epochs done before this one.
  public var epoch: Int { reads.told(.epoch, epochNumber) }
  /// The number of training examples.
  public let exampleCount: Int
  /// The source of all randomness of the objective.
  public let generator: Generator
  /// What the rate's own weight is multiplied by: less than 1 while it is annealed, 1 for the bound.
  ///
  /// `Terms.minimiseRate` applies it. **Source**: Bowman et al. 2015, arXiv:1511.06349, section 3.1.
  public var rateWeight: Double {
    get { reads.told(.rateWeight, weight) }
    set { weight = newValue }
  }
  /// λ, the nats of rate a dimension that are not minimised further; 0 for the bound.
  ///
  /// `Terms.minimiseRate` applies it. **Source**: Kingma et al. 2016, arXiv:1606.04934.
  public var freeBits: Double
  /// Brings the rows of all processes that train together to each; nil for a process on its own.
  public var gather: ((Tensor) -> Tensor)?
  /// Is told which of the numbers that change from step to step are read; nil where nobody wants to know.
  package var reads: StepReads?

  private let number: Int
  private let epochNumber: Int
  private var weight: Double

  /// A place in training; without the last three, the objective is the method's own.
  public init(
    index: Int, epoch: Int, exampleCount: Int, generator: Generator, rateWeight: Double = 1,
    freeBits: Double = 0, gather: ((Tensor) -> Tensor)? = nil
  ) {
    number = index
    epochNumber = epoch
    self.exampleCount = exampleCount
    self.generator = generator
    weight = rateWeight
    self.freeBits = freeBits
    self.gather = gather
  }
  /// The rows of the whole batch for those of this process's examples, [n · k, …] for n examples: themselves
  /// unless several processes train together. No gradient passes.
  ///
  /// For what is no mean over examples, such as a codebook's statistics; every process has to ask.
  public func joined(_ rows: Tensor) -> Tensor { gather?(rows.detached()) ?? rows.detached() }
}
