import CTorch

/// Runs `body` without recording operations for gradients. PyTorch: `torch.no_grad`.
public func withoutGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
  try withGradientMode(false, body)
}

/// Runs `body` with recording on, inside a `withoutGradients` too. PyTorch: `torch.enable_grad`.
public func withGradients<Result>(_ body: () throws -> Result) rethrows -> Result {
  try withGradientMode(true, body)
}

private func withGradientMode<Result>(
  _ enabled: Bool, _ body: () throws -> Result
) rethrows -> Result {
  let before = ct_gradient_mode()
  ct_set_gradient_mode(enabled)
  defer { ct_set_gradient_mode(before) }
  return try body()
}

/// Whether operations are recorded for gradients on this thread. PyTorch: `torch.is_grad_enabled`.
package var isRecordingGradients: Bool { ct_gradient_mode() }

/// Whether operators of this thread must be LibTorch's own: forward-mode derivatives are taken, which custom functions have
/// none of, or autocast is on, which chooses kernels operator by operator.
package func needsPlainOperators(on device: Device) -> Bool {
  var dtype: Int32 = 0
  return ct_forward_level_is_held() || ct_autocast(device.kind.rawValue, &dtype)
}

/// The precision in which kernels of this package may take products of float32 numbers on the CPU: autocast's where they have it, nil
/// where operators must be LibTorch's own.
var precisionOfConvolutions: DType? {
  var lower: Int32 = 0
  if ct_forward_level_is_held() { return nil }
  guard ct_autocast(Device.cpu.kind.rawValue, &lower) else { return .float32 }
  return lower == DType.bfloat16.rawValue && ct_winograd_takes_bfloat16() ? .bfloat16 : nil
}

/// The mode belongs to a thread, and an asynchronous body may change threads.
@available(*, unavailable, message: "the body must be synchronous: it may not change threads")
public func withoutGradients<Result>(
  _ body: () async throws -> Result
) async rethrows -> Result { try await body() }

/// The mode belongs to a thread, and an asynchronous body may change threads.
@available(*, unavailable, message: "the body must be synchronous: it may not change threads")
public func withGradients<Result>(
  _ body: () async throws -> Result
) async rethrows -> Result { try await body() }

/// Runs `body` with matrix products and convolutions in `dtype` where LibTorch deems it safe.
///
/// Nil switches it off inside another such scope. PyTorch: `torch.autocast`.
public func withAutocast<Result>(
  to dtype: DType? = .bfloat16, on device: Device = .current, _ body: () throws -> Result
) rethrows -> Result {
  let kind = device.kind.rawValue
  var before: Int32 = 0
  let wasEnabled = ct_autocast(kind, &before)
  ct_set_autocast(kind, dtype != nil, dtype?.rawValue ?? before)
  defer { ct_set_autocast(kind, wasEnabled, before) }
  return try body()
}

/// The mode belongs to a thread, and an asynchronous body may change threads.
@available(*, unavailable, message: "the body must be synchronous: it may not change threads")
public func withAutocast<Result>(
  to dtype: DType? = .bfloat16, on device: Device = .current,
  _ body: () async throws -> Result
) async rethrows -> Result { try await body() }

extension Tensor {
  /// As autocast wants the operand of a product: in its element type while it is on, else unchanged.
  ///
  /// LibTorch casts before `conv2d`, not before `convolution` beneath it, which is what this package calls.
  var autocasted: Tensor {
    var lower: Int32 = 0
    guard ct_autocast(device.kind.rawValue, &lower), let target = DType(rawValue: lower),
      dtype.isFloatingPoint, dtype != .float64
    else { return self }
    return to(target)
  }
}
