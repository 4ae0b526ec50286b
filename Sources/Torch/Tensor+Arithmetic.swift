import TorchRaw

extension Tensor {
  /// The elementwise sum, with broadcasting. PyTorch: `torch.add`.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.add, left.argument, right.argument))
  }

  /// Adds a number to each element.
  public static func + <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.add, .addScalar, with: right)
  }

  /// Adds a number to each element.
  public static func + <S: TensorScalar>(left: S, right: Tensor) -> Tensor { right + left }

  /// The elementwise difference, with broadcasting. PyTorch: `torch.sub`.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.sub, left.argument, right.argument))
  }

  /// Subtracts a number from each element.
  public static func - <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.sub, .subScalar, with: right)
  }

  /// Subtracts each element from a number.
  public static func - <S: TensorScalar>(left: S, right: Tensor) -> Tensor {
    if let number = right.operand(left) {
      return Tensor(call(.sub, .tensor(number), right.argument))
    }
    return Tensor(call(.rsubScalar, right.argument, left.scalarValue.argument))
  }

  /// The elementwise product, with broadcasting. PyTorch: `torch.mul`.
  public static func * (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.mul, left.argument, right.argument))
  }

  /// Multiplies each element by a number.
  public static func * <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.mul, .mulScalar, with: right)
  }

  /// Multiplies each element by a number.
  public static func * <S: TensorScalar>(left: S, right: Tensor) -> Tensor { right * left }

  /// The elementwise true quotient, with broadcasting. PyTorch: `torch.div`.
  public static func / (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.div, left.argument, right.argument))
  }

  /// Divides each element by a number.
  public static func / <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.div, .divScalar, with: right)
  }

  /// Divides a number by each element.
  public static func / <S: TensorScalar>(left: S, right: Tensor) -> Tensor {
    Tensor(call(.reciprocal, right.argument)) * left
  }

  /// The negative of each element.
  public static prefix func - (operand: Tensor) -> Tensor { Tensor(call(.neg, operand.argument)) }

  /// Rebinds the variable to the sum; the tensor it held is not changed.
  public static func += (left: inout Tensor, right: Tensor) { left = left + right }

  /// Rebinds the variable to the sum.
  public static func += <S: TensorScalar>(left: inout Tensor, right: S) { left = left + right }

  /// Rebinds the variable to the difference.
  public static func -= (left: inout Tensor, right: Tensor) { left = left - right }

  /// Rebinds the variable to the difference.
  public static func -= <S: TensorScalar>(left: inout Tensor, right: S) { left = left - right }

  /// Rebinds the variable to the product.
  public static func *= (left: inout Tensor, right: Tensor) { left = left * right }

  /// Rebinds the variable to the product.
  public static func *= <S: TensorScalar>(left: inout Tensor, right: S) { left = left * right }

  /// Rebinds the variable to the quotient.
  public static func /= (left: inout Tensor, right: Tensor) { left = left / right }

  /// Rebinds the variable to the quotient.
  public static func /= <S: TensorScalar>(left: inout Tensor, right: S) { left = left / right }

  /// The remainder with the sign of the divisor. PyTorch: `torch.remainder`.
  public func remainder<S: TensorScalar>(dividingBy divisor: S) -> Tensor {
    Tensor(call(.remainderScalar, argument, divisor.scalarValue.argument))
  }

  /// The remainder with the sign of the divisor, with broadcasting. PyTorch: `torch.remainder`.
  public func remainder(dividingBy divisor: Tensor) -> Tensor {
    Tensor(call(.remainder, argument, divisor.argument))
  }

  /// The quotient rounded down. PyTorch: `torch.div(rounding_mode="floor")`.
  public func floorDivided(by divisor: Tensor) -> Tensor {
    Tensor(call(.divMode, argument, divisor.argument, "floor"))
  }
}

/// Each element of `base` to the power of `exponent`. PyTorch: `torch.pow`.
public func pow<S: TensorScalar>(_ base: Tensor, _ exponent: S) -> Tensor {
  Tensor(call(.powScalar, base.argument, exponent.scalarValue.argument))
}

/// Elementwise powers, with broadcasting. PyTorch: `torch.pow`.
public func pow(_ base: Tensor, _ exponent: Tensor) -> Tensor {
  Tensor(call(.powTensor, base.argument, exponent.argument))
}

/// A number to the power of each element. PyTorch: `torch.pow`.
public func pow<S: TensorScalar>(_ base: S, _ exponent: Tensor) -> Tensor {
  Tensor(call(.powBase, base.scalarValue.argument, exponent.argument))
}

/// start + weight · (end − start). PyTorch: `torch.lerp`.
public func lerp(_ start: Tensor, _ end: Tensor, weight: Double) -> Tensor {
  Tensor(call(.lerpScalar, start.argument, end.argument, .double(weight)))
}

/// The larger of two elements, with broadcasting. PyTorch: `torch.maximum`.
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor(call(.maximum, a.argument, b.argument))
}

/// The smaller of two elements, with broadcasting. PyTorch: `torch.minimum`.
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor(call(.minimum, a.argument, b.argument))
}

/// The angle of (x, y) in radians. PyTorch: `torch.atan2`.
public func atan2(_ y: Tensor, _ x: Tensor) -> Tensor {
  Tensor(call(.atan2, y.argument, x.argument))
}

/// log(exp a + exp b) without overflow. PyTorch: `torch.logaddexp`.
public func logAddExp(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor(call(.logAddExp, a.argument, b.argument))
}

/// x · log y, zero where x is zero. PyTorch: `torch.xlogy`.
public func xLogY(_ x: Tensor, _ y: Tensor) -> Tensor {
  Tensor(call(.xlogy, x.argument, y.argument))
}
