import TorchRaw

infix operator .& : LogicalConjunctionPrecedence
infix operator .| : LogicalDisjunctionPrecedence
infix operator .^ : LogicalDisjunctionPrecedence
prefix operator .!

extension Tensor {
  /// Elementwise equality, a bool tensor. PyTorch: `torch.eq`.
  public static func .== (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.eq, left.argument, right.argument))
  }
  /// Elementwise equality with a number.
  public static func .== <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.eq, .eqScalar, with: right)
  }
  /// Elementwise inequality. PyTorch: `torch.ne`.
  public static func .!= (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.ne, left.argument, right.argument))
  }
  /// Elementwise inequality with a number.
  public static func .!= <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.ne, .neScalar, with: right)
  }
  /// Where the left element is smaller. PyTorch: `torch.lt`.
  public static func .< (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.lt, left.argument, right.argument))
  }
  /// Where the element is smaller than a number.
  public static func .< <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.lt, .ltScalar, with: right)
  }
  /// Where the left element is smaller or equal. PyTorch: `torch.le`.
  public static func .<= (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.le, left.argument, right.argument))
  }
  /// Where the element is at most a number.
  public static func .<= <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.le, .leScalar, with: right)
  }
  /// Where the left element is larger. PyTorch: `torch.gt`.
  public static func .> (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.gt, left.argument, right.argument))
  }
  /// Where the element is larger than a number.
  public static func .> <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.gt, .gtScalar, with: right)
  }
  /// Where the left element is larger or equal. PyTorch: `torch.ge`.
  public static func .>= (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.ge, left.argument, right.argument))
  }
  /// Where the element is at least a number.
  public static func .>= <S: TensorScalar>(left: Tensor, right: S) -> Tensor {
    left.combined(.ge, .geScalar, with: right)
  }
  /// Elementwise «and» of two masks. PyTorch: `torch.logical_and`.
  public static func .& (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.logicalAnd, left.argument, right.argument))
  }
  /// Elementwise «or» of two masks. PyTorch: `torch.logical_or`.
  public static func .| (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.logicalOr, left.argument, right.argument))
  }
  /// Elementwise «either, not both» of two masks. PyTorch: `torch.logical_xor`.
  public static func .^ (left: Tensor, right: Tensor) -> Tensor {
    Tensor(call(.logicalXor, left.argument, right.argument))
  }
  /// Elementwise «not» of a mask. PyTorch: `torch.logical_not`.
  public static prefix func .! (operand: Tensor) -> Tensor {
    Tensor(call(.logicalNot, operand.argument))
  }
}

extension Tensor {
  /// Where elements are not a number. PyTorch: `torch.isnan`.
  public var isNaN: Tensor { Tensor(call(.isnan, argument)) }
  /// Where elements are infinite, of either sign. PyTorch: `torch.isinf`.
  public var isInfinite: Tensor { Tensor(call(.isinf, argument)) }
  /// Where elements are neither infinite nor NaN. PyTorch: `torch.isfinite`.
  public var isFinite: Tensor { Tensor(call(.isfinite, argument)) }

  /// Finite numbers for NaN and the infinities; by default 0 and the largest of the type.
  /// PyTorch: `torch.nan_to_num`.
  public func replacingNonFinite(
    nan: Double = 0, positiveInfinity: Double? = nil, negativeInfinity: Double? = nil
  ) -> Tensor {
    let infinities: (Argument, Argument) = (
      .optional(positiveInfinity), .optional(negativeInfinity)
    )
    return Tensor(call(.nanToNum, argument, .double(nan), infinities.0, infinities.1))
  }

  /// The tensor with `value` wherever `mask` is true, with broadcasting.
  /// PyTorch: `torch.where(mask, value, self)`.
  public func replacing(with value: Tensor, where mask: Tensor) -> Tensor {
    Tensor(call(.whereSelf, mask.argument, value.argument, argument))
  }

  /// The tensor with a number wherever `mask` is true. PyTorch: `masked_fill`.
  public func replacing<S: TensorScalar>(with value: S, where mask: Tensor) -> Tensor {
    Tensor(call(.maskedFill, argument, mask.argument, value.scalarValue.argument))
  }
}
