public import Torch
import TorchRaw

/// Sets numbers to zero at random in training and scales the rest up: y = m x / (1 − p), with m one
/// or, with probability p, zero.
///
/// In evaluation, and for p = 0, the identity. **Shapes**: y as x, any shape; per channel x is
/// `[B, C, …]` and a mask element covers everything after C. **Randomness**: the generator given at
/// construction, one Bernoulli draw for each mask element and call; a generator of another device
/// works, its masks are moved. **Source**: Srivastava et al. 2014; Tompson et al. 2015,
/// arXiv:1411.4280 (channels). PyTorch: `nn.Dropout`, `nn.Dropout2d`.
public final class Dropout: Module, UnaryLayer {
  /// What is kept or dropped together.
  public enum Unit: String, Sendable, Codable {
    /// Each number for itself.
    case element
    /// A whole channel of a whole example.
    case channel
  }

  /// p, the probability of a zero.
  public let probability: Double
  /// What is dropped together.
  public let unit: Unit
  private let generator: Generator

  /// A layer that drops with probability `probability`, 0 … 1.
  public init(_ probability: Double, per unit: Unit = .element, using generator: Generator) {
    require(
      (0...1).contains(probability), "Dropout",
      "the probability is \(probability), expected a number from 0 to 1")
    self.probability = probability
    self.unit = unit
    self.generator = generator
  }

  /// `x` with parts dropped in training mode, `x` itself otherwise.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    guard mode == .training, probability > 0, x.count > 0 else { return x }
    if probability == 1 { return x * 0 }
    var shape = x.shape
    if unit == .channel {
      require(shape.count >= 2, "Dropout", "the input is \(shape), expected [B, C, …]")
      for dim in shape.indices.dropFirst(2) { shape[dim] = 1 }
    }
    let mask = drawn(shape) { shape in
      let mask = Tensor.zeros(shape, dtype: x.dtype, device: generator.device)
      callInPlace(.bernoulliInPlace, mask.argument, .double(1 - probability), generator.argument)
      return mask
    }
    return x * (mask.to(x.device) / (1 - probability))
  }

  /// The probability, and the unit if it is the channel.
  public override var details: String {
    unit == .element ? "\(probability)" : "\(probability) per channel"
  }
}
