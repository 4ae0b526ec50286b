import TorchRaw

/// A Swift number that can stand beside a tensor in arithmetic.
///
/// The rule of types: a Swift number never changes the type of a floating-point tensor; an integer
/// tensor with a floating-point number gives float32, a truth-value tensor with an integer int64.
/// Everything else asks for an explicit `to(_:)`.
public protocol TensorScalar: Sendable {
  /// The number in one of the forms that LibTorch takes.
  var scalarValue: ScalarValue { get }
  /// The element type of a tensor made from such numbers.
  static var dtype: DType { get }
}

/// A number in one of the three forms that LibTorch's scalars have.
public enum ScalarValue: Sendable {
  /// A floating-point number.
  case double(Double)
  /// An integer.
  case int(Int)
  /// A truth value.
  case bool(Bool)

  var argument: Argument {
    switch self {
    case .double(let value): .double(value)
    case .int(let value): .int(value)
    case .bool(let value): .bool(value)
    }
  }
}

extension Double: TensorScalar {
  /// The number as a floating-point scalar.
  public var scalarValue: ScalarValue { .double(self) }
  /// float64.
  public static var dtype: DType { .float64 }
}

extension Float: TensorScalar {
  /// The number as a floating-point scalar.
  public var scalarValue: ScalarValue { .double(Double(self)) }
  /// float32.
  public static var dtype: DType { .float32 }
}

extension Int: TensorScalar {
  /// The number as an integer scalar.
  public var scalarValue: ScalarValue { .int(self) }
  /// int64.
  public static var dtype: DType { .int64 }
}

extension Bool: TensorScalar {
  /// The truth value as a scalar.
  public var scalarValue: ScalarValue { .bool(self) }
  /// bool.
  public static var dtype: DType { .bool }
}
