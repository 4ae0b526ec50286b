import TorchRaw

/// Stops with one sentence unless `condition` holds, in every build; inside `withTorchErrors` the
/// sentence is thrown there instead, and what follows must bear the wrong value.
///
/// `operation` is what the user wrote, such as `Conv2d`.
package func require(
  _ condition: Bool, _ operation: @autoclosure () -> String, _ reason: @autoclosure () -> String
) {
  if condition { return }
  TorchError(operation: operation(), operands: [], reason: reason()).raise()
}
