import CTorch
import TorchRaw

extension Tensor {
  /// The result of an operator with a number on the right: `plain` takes a tensor, `scalar` a number.
  func combined<S: TensorScalar>(
    _ plain: Operator, _ scalar: Operator, with number: S
  ) -> Tensor {
    if let operand = operand(number) { return Tensor(call(plain, argument, .tensor(operand))) }
    return Tensor(call(scalar, argument, number.scalarValue.argument))
  }

  /// The number as a tensor of this tensor's type that counts as a number in type promotion; nil
  /// where the number must keep its own type.
  ///
  /// LibTorch's operators with a number make a float64 tensor of it and convert that to float32 at
  /// each call, which takes longer than a small operation itself. The element is the same.
  func operand<S: TensorScalar>(_ number: S) -> TensorHandle? {
    let code = ct_tensor_dtype(handle.pointer)
    guard code == DType.float32.rawValue || code == DType.float64.rawValue, device == .cpu else {
      return nil
    }
    let value: Double =
      switch number.scalarValue {
      case .double(let value): value
      case .int(let value): Double(value)
      case .bool(let value): value ? 1 : 0
      }
    var result: ct_tensor?
    guard ct_tensor_number(value, code, &result, nil) == CT_OK, let result else { return nil }
    return TensorHandle(owning: result)
  }
}
