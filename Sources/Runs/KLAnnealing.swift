public import LatentCore
public import LatentLearning

/// How the weight of the rate rises during training, so that a decoder that can do without the code
/// learns to use it first.
///
/// **Source**: Bowman et al. 2015, arXiv:1511.06349, section 3.1 (one rise); Fu et al. 2019, arXiv:1903.10145
/// (cycles of it).
public struct KLAnnealing: Sendable, Hashable {
  /// The course of the weight.
  public enum Shape: String, Sendable, CaseIterable {
    /// 1 throughout.
    case none
    /// From 0 to 1 on a straight line, then 1.
    case linear
    /// The same again at the beginning of each of several equal cycles.
    case cyclical
  }

  /// The course of the weight.
  public var shape: Shape
  /// The steps of a rise; nil for `proportion`.
  public var warmup: Int?
  /// The cycles of the cyclical course.
  public var cycles: Int
  /// The part of the run, or of a cycle, that a rise takes.
  public var proportion: Double

  /// No annealing unless a shape is named; four cycles and a half of each, as Fu et al. have it.
  public init(
    _ shape: Shape = .none, warmup: Int? = nil, cycles: Int = 4, proportion: Double = 0.5
  ) {
    self.shape = shape
    self.warmup = warmup
    self.cycles = cycles
    self.proportion = proportion
  }

  /// Whether the course depends on how long the run is.
  var needsLength: Bool { shape == .cyclical || (shape == .linear && warmup == nil) }

  /// The weight of the rate at each step of a run of `steps` updates.
  public func schedule(steps: Int) -> Schedule {
    let length = Double(max(steps, 1))
    switch shape {
    case .none: return 1
    case .linear:
      let rise = max(warmup.map(Double.init) ?? proportion * length, 1)
      return Schedule { min(Double($0) / rise, 1) }
    case .cyclical:
      let part = warmup.map { min(Double($0) * Double(cycles) / length, 1) } ?? proportion
      return .cyclical(steps: steps, cycles: cycles, proportion: part)
    }
  }
}

extension KLAnnealing.Shape: ConfigValue {}
