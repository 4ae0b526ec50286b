/// What layers such as dropout and batch normalisation do.
public enum Mode: Sendable, Hashable {
  /// Drop at random; normalise by the batch and update running statistics.
  case training
  /// Be a deterministic function of the input. A model rests in this mode.
  case evaluation
}

/// Runs `body` with `models`, and every module in them, in training mode.
///
/// The mode is a scope and no switch: at the end of `body`, also by an error, every module has the mode
/// it had before. `valueAndGradient(of:)` enters training mode by itself; this is for a second model
/// that takes part in the same step, and for sampling with dropout.
///
///     let spread = training(model) { stacked((0..<20).map { _ in model(x) }, dim: 0) }
///
/// PyTorch: `model.train()` … `model.eval()`.
public func training<Result>(_ models: Module..., do body: () throws -> Result) rethrows -> Result {
  try withMode(.training, models, body)
}

/// Runs `body` with `models`, and every module in them, in evaluation mode.
///
/// Inside a training step it holds a part still, such as a pretrained encoder with batch statistics.
public func evaluating<Result>(_ models: Module..., do body: () throws -> Result) rethrows -> Result
{
  try withMode(.evaluation, models, body)
}

/// Refused: other tasks would see the mode while `body` is suspended.
@available(*, unavailable, message: "a mode lasts for a synchronous body only: await outside of it")
public func training<Result>(
  _ models: Module..., do body: () async throws -> Result
) async rethrows -> Result {
  fatalError("unavailable")
}

/// Refused: other tasks would see the mode while `body` is suspended.
@available(*, unavailable, message: "a mode lasts for a synchronous body only: await outside of it")
public func evaluating<Result>(
  _ models: Module..., do body: () async throws -> Result
) async rethrows -> Result {
  fatalError("unavailable")
}

/// Runs `body` with all modules of `models` in `mode` and restores theirs.
package func withMode<Result>(
  _ mode: Mode, _ models: [Module], _ body: () throws -> Result
) rethrows -> Result {
  let modules = models.flatMap { $0.modules.map(\.module) }
  let before = modules.map(\.mode)
  for module in modules { module.mode = mode }
  defer { for (module, mode) in zip(modules, before) { module.mode = mode } }
  return try body()
}
