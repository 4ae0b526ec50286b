public import Distributions
public import LatentCore
import Torch

/// A prior over codes that needs nothing but samples.
public enum CodePrior: String, Sendable, CaseIterable, ConfigValue {
  /// N(0, I).
  case gaussian
  /// Uniform between the spheres of radius 0.8 and 1: a ring for two dimensions.
  case ring
  /// Uniform on [−1, 1] in each dimension.
  case square

  /// The law of codes of `size` numbers: batch shape [], event shape [size].
  public func distribution(size: Int) -> any Distribution {
    switch self {
    case .gaussian: StandardNormal([size]).independent()
    case .ring: UniformShell(dimension: size, inner: 0.8, outer: 1)
    case .square:
      Uniform(lower: .full([size], -1.0), upper: .full([size], 1.0)).independent()
    }
  }
}
