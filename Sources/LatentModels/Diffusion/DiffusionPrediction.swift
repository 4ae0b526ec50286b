public import LatentCore
public import Torch

/// What a denoising network predicts; each determines the others where x_t and λ are known.
public enum DiffusionTarget: String, Sendable, CaseIterable, ConfigValue {
  /// ε, the noise (Luo 2022, eq. 130).
  case noise
  /// x₀, the example (eq. 99).
  case example
  /// v = α ε − σ x₀ (Salimans & Ho 2022, arXiv 2202.00512, section 4).
  case velocity
  /// ∇ log q(x_t), the score (eq. 148).
  case score
}

/// What is believed of the example behind noise, as any of the four equivalent targets.
///
/// With x_t = α x₀ + σ ε: ε = (x_t − α x₀)/σ, v = α ε − σ x₀, and Tweedie's formula E[x₀|x_t] = (x_t + σ² ∇ log q(x_t))/α.
/// **Shapes**: all of the shape of examples. **Source**: Luo 2022, arXiv 2208.11970, eq. 115, 133 and 151.
public struct DiffusionPrediction {
  /// The prediction as it was made.
  public let value: Tensor
  /// What `value` predicts.
  public let target: DiffusionTarget
  /// x_t.
  public let noised: Tensor
  /// λ.
  public let level: NoiseLevel

  /// A prediction of `target` at x_t.
  public init(_ value: Tensor, of target: DiffusionTarget, noised: Tensor, at level: NoiseLevel) {
    (self.value, self.target, self.noised, self.level) = (value, target, noised, level)
  }

  /// x̂₀.
  public var example: Tensor {
    switch target {
    case .example: value
    case .noise: (noised - level.sigma * value) / level.alpha
    case .velocity: level.alpha * noised - level.sigma * value
    case .score: (noised + squared(level.sigma) * value) / level.alpha
    }
  }

  /// ε̂.
  public var noise: Tensor {
    switch target {
    case .noise: value
    case .example: (noised - level.alpha * value) / level.sigma
    case .velocity: level.sigma * noised + level.alpha * value
    case .score: -level.sigma * value
    }
  }

  /// v̂.
  public var velocity: Tensor {
    target == .velocity ? value : level.alpha * noise - level.sigma * example
  }

  /// ∇ log q(x_t) as predicted: −ε̂/σ.
  public var score: Tensor { target == .score ? value : -noise / level.sigma }

  /// The prediction told as `target`.
  public subscript(target: DiffusionTarget) -> Tensor {
    switch target {
    case .noise: noise
    case .example: example
    case .velocity: velocity
    case .score: score
    }
  }

  /// The same with x̂₀ kept in `range`, as samplers of pictures do.
  public func clamped(to range: ClosedRange<Double>) -> DiffusionPrediction {
    DiffusionPrediction(
      example.clamped(min: range.lowerBound, max: range.upperBound), of: .example, noised: noised,
      at: level)
  }
}

/// What says, for x_t `[B, …]` at a level, what is behind the noise: a network, or a law that is known.
public typealias Denoising = (_ noised: Tensor, _ level: NoiseLevel) -> DiffusionPrediction
