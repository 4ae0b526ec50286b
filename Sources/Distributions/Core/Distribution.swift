public import Torch

/// A probability distribution over tensors, or a batch of independent ones.
///
/// The law of shapes: a sample has shape `sampleShape + batchShape + eventShape`, and
/// `logProbability` of a value of that shape has shape `sampleShape + batchShape`. `batchShape`
/// counts distributions with parameters of their own; `eventShape` is the shape of one outcome,
/// empty for numbers. Values and parameters broadcast as in arithmetic. All information measures
/// are in nats. Drawing takes an explicit generator and changes nothing else.
///
/// What else a distribution can do is a protocol each: `ReparameterizedDistribution`,
/// `DistributionWithMoments`, `DistributionWithEntropy`, `DistributionWithCDF`.
/// PyTorch: `torch.distributions.Distribution`.
public protocol Distribution: SendableMetatype {
  /// The shape of the batch of distributions.
  var batchShape: [Int] { get }

  /// The shape of one outcome.
  var eventShape: [Int] { get }

  /// Where outcomes lie; `logProbability` is meant for values there.
  var support: Constraint { get }

  /// The parameters by name, with the constraint that each must satisfy.
  var parameters: [DistributionParameter] { get }

  /// Independent outcomes, of shape `sampleShape + batchShape + eventShape`.
  ///
  /// Gradients flow from the outcomes to the parameters if and only if the type is a
  /// `ReparameterizedDistribution`; otherwise outcomes are constants.
  func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor

  /// log p(value) in nats, a density for continuous and a probability for discrete outcomes.
  ///
  /// Shapes: `value` [..., eventShape], whose leading part broadcasts with `batchShape`; the result
  /// is that broadcast shape. Differentiable in the parameters, and in `value` where it is
  /// continuous.
  func logProbability(_ value: Tensor) -> Tensor

  /// Outcomes and their log-probabilities, as `sample` and `logProbability` give them; a type
  /// overrides it where both together are cheaper or lose fewer digits.
  func sampleWithLogProbability(
    _ sampleShape: [Int], using generator: Generator
  ) -> (value: Tensor, logProbability: Tensor)

  /// The same distribution without the history of its parameters, as estimators of gradients need
  /// it that differentiate through outcomes only.
  func detached() -> Self
}

extension Distribution {
  /// One outcome for each distribution of the batch, of shape `batchShape + eventShape`.
  public func sample(using generator: Generator) -> Tensor { sample([], using: generator) }

  /// Outcomes by `sample` and then their log-probabilities.
  public func sampleWithLogProbability(
    _ sampleShape: [Int], using generator: Generator
  ) -> (value: Tensor, logProbability: Tensor) {
    let value = sample(sampleShape, using: generator)
    return (value, logProbability(value))
  }

  /// Whether gradients flow through `sample`.
  public static var isReparameterized: Bool { self is any ReparameterizedDistribution.Type }
}

/// A distribution whose outcomes are a differentiable function of its parameters and of noise that
/// does not depend on them.
///
/// There is one spelling: `sample` is the reparameterised draw, so that gradients of the outcomes
/// flow to the parameters. For a draw without history take `sample(…).detached()` or draw inside
/// `withoutGradients`. A function that needs pathwise gradients asks for this protocol and so
/// cannot be given a distribution that has none. Source: Kingma and Welling 2014, arXiv 1312.6114,
/// section 2.4. PyTorch: `rsample`.
public protocol ReparameterizedDistribution: Distribution {}

/// A distribution whose mean and variance are known in closed form.
public protocol DistributionWithMoments: Distribution {
  /// E[x], of shape `batchShape + eventShape`; not a number or infinite where it does not exist.
  var mean: Tensor { get }

  /// E[(x − E x)²] of each component, of shape `batchShape + eventShape`; not a number or infinite
  /// where it does not exist.
  var variance: Tensor { get }
}

/// A distribution whose entropy is known in closed form.
public protocol DistributionWithEntropy: Distribution {
  /// −E[log p(x)] in nats, of shape `batchShape`; negative values are possible for densities.
  func entropy() -> Tensor
}

/// A distribution over numbers whose distribution function is known in closed form.
public protocol DistributionWithCDF: Distribution {
  /// P(x ≤ value), of the broadcast shape of `value` and `batchShape`.
  func cumulativeProbability(_ value: Tensor) -> Tensor
}

/// A named parameter of a distribution and the constraint on its values.
public struct DistributionParameter {
  /// The name of the initialiser's label.
  public let name: String
  /// Its values.
  public let value: Tensor
  /// What they must satisfy; `validate()` checks it.
  public let constraint: Constraint

  /// A parameter by name.
  public init(_ name: String, _ value: Tensor, _ constraint: Constraint) {
    self.name = name
    self.value = value
    self.constraint = constraint
  }
}
