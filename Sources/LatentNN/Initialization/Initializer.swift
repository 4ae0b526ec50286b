public import Torch

/// How the numbers of a new parameter are drawn, as a value that a configuration can hold.
///
/// Fans are counted as PyTorch does: for a weight of shape `[o, i, k…]`, the fan in is i · Πk and the fan
/// out o · Πk. Every case draws from the given generator exactly the numbers that `torch.nn.init`
/// draws from a generator with the same seed. PyTorch: `torch.nn.init`.
public enum Initializer: Sendable, Hashable, Codable {
  /// Zeros.
  case zeros
  /// Ones.
  case ones
  /// One number everywhere.
  case constant(Double)
  /// Uniform in [`low`, `high`).
  case uniform(low: Double, high: Double)
  /// Normal.
  case normal(mean: Double = 0, standardDeviation: Double = 1)
  /// Normal, conditioned to [`low`, `high`].
  case truncatedNormal(
    mean: Double = 0, standardDeviation: Double = 1, low: Double = -2, high: Double = 2)
  /// Uniform in ±g√(6 / (fan in + fan out)). **Source**: Glorot and Bengio 2010, eq. 16.
  case xavierUniform(gain: Gain = .linear)
  /// Normal with deviation g√(2 / (fan in + fan out)). **Source**: Glorot and Bengio 2010.
  case xavierNormal(gain: Gain = .linear)
  /// Uniform in ±g√(3 / fan). **Source**: He et al. 2015, arXiv:1502.01852, eq. 14.
  case kaimingUniform(fan: Fan = .in, gain: Gain = .relu)
  /// Normal with deviation g/√fan. **Source**: He et al. 2015, arXiv:1502.01852, eq. 10 and 14.
  case kaimingNormal(fan: Fan = .in, gain: Gain = .relu)
  /// Rows or columns orthonormal times g, uniform over such matrices; later dimensions count as
  /// columns. **Source**: Saxe et al. 2013, arXiv:1312.6120; Mezzadri 2006, arXiv:math-ph/0609050.
  case orthogonal(gain: Gain = .linear)

  /// Which connections a variance is divided by.
  public enum Fan: String, Sendable, Hashable, Codable {
    /// Those into a unit: keeps the variance of activations.
    case `in`
    /// Those out of a unit: keeps the variance of gradients.
    case out
  }

  /// The factor g that makes up for what a nonlinearity takes from the variance.
  public enum Gain: Sendable, Hashable, Codable {
    /// 1, also for the sigmoid.
    case linear
    /// 5/3.
    case tanh
    /// √2.
    case relu
    /// √(2 / (1 + a²)) for slope a below zero.
    case leakyRelu(slope: Double = 0.01)
    /// 3/4.
    case selu
    /// Any number.
    case value(Double)

    /// The factor. PyTorch: `torch.nn.init.calculate_gain`.
    public var factor: Double {
      switch self {
      case .linear: 1
      case .tanh: 5.0 / 3
      case .relu: 2.0.squareRoot()
      case .leakyRelu(let slope): (2 / (1 + slope * slope)).squareRoot()
      case .selu: 0.75
      case .value(let factor): factor
      }
    }
  }

  /// PyTorch's choice for the weights of dense and convolutional layers: ±1/√(fan in), written as
  /// it is there so that the bits agree.
  public static let layerDefault =
    Initializer.kaimingUniform(gain: .leakyRelu(slope: 5.0.squareRoot()))

  /// A new CPU tensor, so that the same seed gives the same numbers whatever the device.
  ///
  /// Fails as operators do when a fan or an orthogonal matrix is asked of fewer than two dimensions.
  ///
  /// - Parameters:
  ///   - shape: the shape of the parameter.
  ///   - dtype: float32 or float64.
  ///   - generator: a generator of the CPU.
  /// - Returns: a tensor of `shape` on the CPU.
  public func callAsFunction(
    _ shape: [Int], dtype: DType = .float32, using generator: Generator
  ) -> Tensor {
    let empty = Tensor.zeros(shape, dtype: dtype, device: .cpu)
    switch self {
    case .zeros: return empty
    case .ones: return Tensor.ones(shape, dtype: dtype, device: .cpu)
    case .constant(let value): return Tensor.full(shape, value, dtype: dtype, device: .cpu)
    case .uniform(let low, let high): return empty.filledUniformly(low, high, using: generator)
    case .normal(let mean, let deviation):
      return empty.filledNormally(mean, deviation, using: generator)
    case .truncatedNormal(let mean, let deviation, let low, let high):
      return TruncatedNormalFill(mean: mean, deviation: deviation, low: low, high: high)
        .fill(empty, using: generator)
    case .xavierUniform(let gain):
      let bound = 3.0.squareRoot() * xavierDeviation(shape, gain)
      return empty.filledUniformly(-bound, bound, using: generator)
    case .xavierNormal(let gain):
      return empty.filledNormally(0, xavierDeviation(shape, gain), using: generator)
    case .kaimingUniform(let fan, let gain):
      let bound = 3.0.squareRoot() * kaimingDeviation(shape, fan, gain)
      return empty.filledUniformly(-bound, bound, using: generator)
    case .kaimingNormal(let fan, let gain):
      return empty.filledNormally(0, kaimingDeviation(shape, fan, gain), using: generator)
    case .orthogonal(let gain):
      return orthogonalFill(empty, using: generator) * gain.factor
    }
  }

  private func xavierDeviation(_ shape: [Int], _ gain: Gain) -> Double {
    let fans = Fans(of: shape)
    return gain.factor * (2 / Double(fans.in + fans.out)).squareRoot()
  }

  private func kaimingDeviation(_ shape: [Int], _ fan: Fan, _ gain: Gain) -> Double {
    let fans = Fans(of: shape)
    return gain.factor / Double(fan == .in ? fans.in : fans.out).squareRoot()
  }
}
