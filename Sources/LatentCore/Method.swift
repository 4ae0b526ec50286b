public import Datasets
public import LatentNN
import Torch

/// Parameters that are optimised together against one total.
public struct Player: Sendable {
  /// The name that terms are minimised by.
  public let name: String
  /// The learning rate over that of the run.
  public let rateFactor: Double
  /// Which parameters, by their path in the model.
  public let owns: @Sendable (String) -> Bool

  /// A player that owns the parameters whose paths satisfy `owns`.
  public init(
    name: String = Terms.model, rateFactor: Double = 1,
    owns: @escaping @Sendable (String) -> Bool = { _ in true }
  ) {
    self.name = name
    self.rateFactor = rateFactor
    self.owns = owns
  }
}

/// The held-out term that models are chosen by, and its better direction.
public struct Selection: Sendable, Hashable {
  /// The term's name.
  public let term: String
  /// Whether a larger value is better, as of a bound on the likelihood.
  public let isBetterWhenLarger: Bool

  /// Selection by this term.
  public init(term: String, isBetterWhenLarger: Bool) {
    self.term = term
    self.isBetterWhenLarger = isBetterWhenLarger
  }
}

/// A method that learns by steps: a model, an objective, and what happens between updates.
///
/// The contract: everything that a step changes is a parameter or a buffer of `model` (so that a
/// checkpoint is complete), and all randomness comes from the step's generator (so that a run can
/// be repeated and resumed bit for bit). On devices that replay recorded steps `terms` and `afterStep` are called
/// for the steps that are recorded alone, and what they do on the host is not done again; a method that
/// reads the step's number, a batch's indices or the numbers of a tensor there is called in every step.
public protocol Method: AnyObject {
  /// Everything that has parameters and buffers.
  var model: Module { get }
  /// Who is optimised against what; updates alternate in this order.
  var players: [Player] { get }
  /// The terms of a training batch, each the mean over its examples.
  func terms(_ batch: Batch, _ step: Step) -> Terms
  /// The terms of a held-out batch, by default those of training; nothing is changed.
  func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms
  /// Updates that are no gradients: moving averages, restarts of dead codes. By default nothing.
  func afterStep(_ step: Step)
  /// The held-out term that models are chosen by.
  var selection: Selection { get }
}

extension Method {
  /// One player that owns everything.
  public var players: [Player] { [Player()] }

  /// The training terms.
  public func heldOutTerms(_ batch: Batch, _ step: Step) -> Terms { terms(batch, step) }

  /// Nothing.
  public func afterStep(_ step: Step) {}
}

/// Takes what it needs of the training data before the first step, such as anchors or statistics.
///
/// What is taken goes into buffers of the model, so that a checkpoint stays complete; whoever trains without
/// a `Trainer` calls `prepare` once.
public protocol Prepares: Method {
  /// Reads the training data; throws what reading throws and `RecipeError` for data that do not suffice.
  func prepare(_ data: any Dataset) throws
}
