import LatentNN

/// A number that depends on the step: a learning rate, a temperature, a weight of a term.
///
/// A value that is called with the count of steps done, 0 at first. A literal is a constant, products
/// and joints compose:
///
///     let rate: Schedule = .cosine(from: 1e-3, steps: 10_000).warmedUp(over: 500)
///     rate(0)  // 1e-3 / 500
///
/// Schedules hold their last value after their last step. PyTorch: `torch.optim.lr_scheduler`.
public struct Schedule: Sendable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  private let value: @Sendable (Int) -> Double

  /// A schedule that is a function of the steps done.
  public init(_ value: @escaping @Sendable (Int) -> Double) { self.value = value }

  /// The same number at every step.
  public init(floatLiteral value: Double) { self = .constant(value) }

  /// The same number at every step.
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }

  /// The value after `step` steps, 0 at first.
  public func callAsFunction(_ step: Int) -> Double { value(step) }
}

extension Schedule {
  /// The same number at every step.
  public static func constant(_ value: Double) -> Schedule { Schedule { _ in value } }

  /// From `start` to `end` on a straight line over `steps` steps.
  ///
  /// PyTorch: `LinearLR`, whose factors are ratios to the rate.
  public static func linear(from start: Double, to end: Double, steps: Int) -> Schedule {
    Schedule { start + (end - start) * progress($0, of: steps) }
  }

  /// start · factor^⌊t / period⌋. PyTorch: `StepLR`.
  public static func step(from start: Double, every period: Int, factor: Double) -> Schedule {
    require(period > 0, "Schedule.step", "the period is \(period), expected a positive number")
    if period <= 0 { return .constant(start) }
    return Schedule { start * power(factor, $0 / period) }
  }

  /// Times `factor` at each of `steps`. PyTorch: `MultiStepLR`.
  public static func step(from start: Double, at steps: [Int], factor: Double) -> Schedule {
    Schedule { step in start * power(factor, steps.count { $0 <= step }) }
  }

  /// start · factor^t. PyTorch: `ExponentialLR`.
  public static func exponential(from start: Double, factor: Double) -> Schedule {
    Schedule { start * power(factor, $0) }
  }

  /// From `start` to `end` as (1 − t / steps)^power falls from 1 to 0. PyTorch: `PolynomialLR`.
  public static func polynomial(
    from start: Double, to end: Double = 0, steps: Int, power exponent: Double = 1
  ) -> Schedule {
    Schedule { end + (start - end) * realPower(1 - progress($0, of: steps), exponent) }
  }

  /// `first` for `steps` steps, then `then`. PyTorch: `ConstantLR`.
  public static func constant(_ first: Double, for steps: Int, then: Double) -> Schedule {
    Schedule { $0 < steps ? first : then }
  }
}

/// t / steps, from 0 to 1.
func progress(_ step: Int, of steps: Int) -> Double {
  steps <= 0 || step >= steps ? 1 : Double(max(step, 0)) / Double(steps)
}
