public import Torch

/// y = shift + scale · x for scale ≠ 0. PyTorch: `AffineTransform`.
public struct AffineBijector: Bijector {
  /// Added last.
  public let shift: Tensor
  /// The factor, of either sign.
  public let scale: Tensor

  /// From shift and factor, which broadcast with the input.
  public init(shift: Tensor, scale: Tensor) {
    (self.shift, self.scale) = (shift, scale)
  }

  /// shift + scale · x.
  public func forward(_ x: Tensor) -> Tensor { shift + scale * x }
  /// (y − shift)/scale.
  public func inverse(_ y: Tensor) -> Tensor { (y - shift) / scale }
  /// log |scale|.
  public func logDeterminant(_ x: Tensor) -> Tensor {
    let shape = broadcastShape(x.shape, scale.shape) ?? x.shape
    return log(abs(scale)).to(x.dtype).broadcast(to: shape)
  }
  /// The same map without the history of its parameters.
  public func detached() -> AffineBijector {
    AffineBijector(shift: shift.detached(), scale: scale.detached())
  }
}

/// y = eˣ. PyTorch: `ExpTransform`.
public struct ExpBijector: Bijector {
  /// The exponential map.
  public init() {}
  /// eˣ.
  public func forward(_ x: Tensor) -> Tensor { exp(x) }
  /// log y.
  public func inverse(_ y: Tensor) -> Tensor { log(y) }
  /// x.
  public func logDeterminant(_ x: Tensor) -> Tensor { x }
  /// Positive numbers.
  public func image(of support: Constraint) -> Constraint { support.mapped(to: .positive) }
}

/// y = log(1 + eˣ). PyTorch: `SoftplusTransform`.
public struct SoftplusBijector: Bijector {
  /// The softplus map.
  public init() {}
  /// log(1 + eˣ), without PyTorch's switch to x above 20, which costs float64 half its digits.
  public func forward(_ x: Tensor) -> Tensor { -logSigmoid(-x) }
  /// y + log(1 − e^(−y)).
  public func inverse(_ y: Tensor) -> Tensor { y + log(-expm1(-y)) }
  /// log σ(x).
  public func logDeterminant(_ x: Tensor) -> Tensor { logSigmoid(x) }
  /// Positive numbers.
  public func image(of support: Constraint) -> Constraint { support.mapped(to: .positive) }
}

/// y = σ(x). PyTorch: `SigmoidTransform`.
public struct SigmoidBijector: Bijector {
  /// The logistic map.
  public init() {}
  /// σ(x).
  public func forward(_ x: Tensor) -> Tensor { sigmoid(x) }
  /// log y − log(1 − y).
  public func inverse(_ y: Tensor) -> Tensor { log(y) - log1p(-y) }
  /// log σ(x) + log σ(−x).
  public func logDeterminant(_ x: Tensor) -> Tensor { logSigmoid(x) + logSigmoid(-x) }
  /// [0, 1].
  public func image(of support: Constraint) -> Constraint { support.mapped(to: .unitInterval) }
}

/// y = tanh x. PyTorch: `TanhTransform`.
public struct TanhBijector: Bijector {
  /// The hyperbolic tangent.
  public init() {}
  /// tanh x.
  public func forward(_ x: Tensor) -> Tensor { tanh(x) }
  /// atanh y.
  public func inverse(_ y: Tensor) -> Tensor { atanh(y) }
  /// log(1 − tanh² x) = 2 (log 2 + log σ(2x) − x), finite for all x.
  public func logDeterminant(_ x: Tensor) -> Tensor {
    2 * (logSigmoid(2 * x) - x) + 1.386294361119890618834464242916
  }
  /// (−1, 1).
  public func image(of support: Constraint) -> Constraint {
    support.mapped(to: .symmetricUnitInterval)
  }
}

extension Constraint {
  /// A set of numbers in the place of this one's numbers.
  func mapped(to numbers: Constraint) -> Constraint {
    eventDims == 0 ? numbers : .each(numbers, dims: eventDims)
  }
}
