import CTorch
import TorchRaw

/// The tensors that a function of LibTorch's level leaves, `count` of them; fails as operators do.
///
/// `body` gets the handles of `tensors`, undefined ones for nil, a place for the results and one for a message.
func nativeResults(
  _ name: String, of tensors: [Tensor?], count: Int = 1,
  _ body: ([ct_tensor?], UnsafeMutablePointer<ct_tensor?>, UnsafeMutablePointer<ct_error?>) ->
    ct_status
) -> [Tensor] {
  let given = tensors.map { $0 ?? Tensor(.undefined) }
  var found = [ct_tensor?](repeating: nil, count: count)
  var message: ct_error?
  let status = withExtendedLifetime(given) {
    body(given.map { $0.handle.pointer }, &found, &message)
  }
  guard status == CT_OK else {
    TorchError(
      operation: name, operands: tensors.compactMap { $0?.handle.summary },
      reason: takeMessage(message)
    ).raise()
    return found.map { _ in Tensor(.undefined) }
  }
  return found.map { Tensor($0.map(TensorHandle.init(owning:)) ?? .undefined) }
}

/// The tensor that a function of LibTorch's level leaves, recorded for gradients, or nil where it leaves none; fails as operators do.
func recordedResult(
  _ name: String, _ tensors: [Tensor],
  _ body: ([ct_tensor?], UnsafeMutablePointer<ct_tensor?>, UnsafeMutablePointer<ct_error?>) ->
    ct_status
) -> Tensor? {
  var found: ct_tensor?
  var message: ct_error?
  let status = withExtendedLifetime(tensors) {
    body(tensors.map { $0.handle.pointer }, &found, &message)
  }
  guard status == CT_OK else {
    TorchError(
      operation: name, operands: tensors.map(\.handle.summary), reason: takeMessage(message)
    ).raise()
    return Tensor(.undefined)
  }
  return found.map { Tensor(TensorHandle(owning: $0)) }
}
