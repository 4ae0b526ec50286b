public import LatentCore
public import LatentNN
public import Torch

/// Features → categorical variables with relaxed one-hot draws in training and one-hot ones otherwise.
///
/// **Shapes**: h `[B, features]` → logits `[B, variables, classes]`; codes have that shape. The
/// temperature is a buffer that follows its schedule after each step, so a resumed run has the same.
/// **Source**: Jang, Gu & Poole 2017, arXiv 1611.01144, section 4.2, with its learned prior.
public final class RelaxedCategoricalBottleneck: Module, Bottleneck {
  /// Features to logits, `[variables · classes, features]`.
  public let logits: Linear
  /// The logits of p(z), `[variables, classes]`; nil for the uniform prior.
  public let priorLogits: Parameter?
  /// τ now, a float64 scalar.
  public let temperature: Buffer
  /// The number of categorical variables.
  public let variables: Int
  /// The classes of each.
  public let classes: Int
  /// The course of the temperature.
  public let schedule: TemperatureSchedule
  /// How codes are drawn in training.
  public let estimator: CategoricalEstimator

  /// A bottleneck of `variables` categorical variables behind `features` numbers.
  public init(
    features: Int, variables: Int, classes: Int, schedule: TemperatureSchedule,
    estimator: CategoricalEstimator = .gumbelSoftmax, learnsPrior: Bool = false,
    using generator: Generator
  ) {
    self.variables = variables
    self.classes = classes
    self.schedule = schedule
    self.estimator = estimator
    logits = Linear(features, variables * classes, using: generator)
    priorLogits = learnsPrior ? Parameter(Tensor.zeros([variables, classes])) : nil
    temperature = Buffer(Tensor(schedule(0), dtype: .float64))
  }

  /// [variables, classes].
  public var codeShape: [Int] { [variables, classes] }

  /// The posteriors of each row of features; draws are relaxed in training mode alone.
  public func callAsFunction(_ features: Tensor) -> RelaxedCategoricalPosterior {
    RelaxedCategoricalPosterior(
      logits: logits(features).unflattened(dim: -1, [variables, classes]),
      priorLogits: priorLogits?.value, temperature: temperature.value.item(),
      estimator: estimator, isDiscrete: mode == .evaluation)
  }

  /// The posteriors of each row of features.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    self(features)
  }

  /// One-hot codes of the prior.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    let parameter = logits.weight.value
    let table =
      priorLogits?.value.detached()
      ?? Tensor.zeros([variables, classes], dtype: parameter.dtype, device: parameter.device)
    let prior = RelaxedCategoricalPosterior(
      logits: table.expanded([count, variables, classes]), temperature: 1, isDiscrete: true)
    return prior.draw(using: generator).codes
  }

  /// Moves the temperature on to the next step's.
  public func afterStep(_ step: Step) {
    temperature.value = Tensor.full(like: temperature.value, schedule(step.index + 1))
  }

  /// Variables and classes, such as `20 × 10`.
  public override var details: String { "\(variables) × \(classes)" }
}
