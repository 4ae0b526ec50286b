extension Schedule {
  /// The product of two schedules. PyTorch: `ChainedScheduler`, whose parts are factors.
  public static func * (left: Schedule, right: Schedule) -> Schedule {
    Schedule { left($0) * right($0) }
  }

  /// A schedule times a number.
  public static func * (factor: Double, schedule: Schedule) -> Schedule {
    Schedule { factor * schedule($0) }
  }

  /// This schedule for `steps` steps, then `next`, which starts from its own step 0.
  ///
  /// PyTorch: `SequentialLR`.
  public func followed(by next: Schedule, after steps: Int) -> Schedule {
    Schedule { $0 < steps ? self($0) : next($0 - steps) }
  }

  /// Rises on a straight line from (`factor` of) this schedule's first value over `steps` steps, and then
  /// is this schedule from its step 0.
  ///
  /// - Parameters:
  ///   - steps: how long the rise takes.
  ///   - factor: the part of the first value to start from; nil for 1 / `steps`.
  /// - Returns: the longer schedule.
  public func warmedUp(over steps: Int, from factor: Double? = nil) -> Schedule {
    guard steps > 0 else { return self }
    let top = self(0)
    let rise = Schedule.linear(
      from: top * (factor ?? 1 / Double(steps)), to: top, steps: steps)
    return rise.followed(by: self, after: steps)
  }
}
