public import LatentCore
public import Torch

/// What becomes of grey values before a Bernoulli likelihood sees them.
public enum Binarisation: String, Sendable, CaseIterable, ConfigValue {
  /// Each time anew, a one with the grey value's probability (Salakhutdinov & Murray 2008).
  case dynamic
  /// A one where the grey value is above one half.
  case threshold
  /// Grey values as they are; the cross-entropy is then no likelihood of the data.
  case none

  /// The examples as the likelihood sees them, in their shape.
  public func callAsFunction(_ examples: Tensor, using generator: Generator) -> Tensor {
    switch self {
    case .dynamic: Tensor.bernoulli(examples, using: generator)
    case .threshold: (examples .> 0.5).to(examples.dtype)
    case .none: examples
    }
  }
}
