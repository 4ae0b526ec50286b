import CTorch
import TorchRaw

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// An operation with a derivative of its own.
///
/// `forward` computes outputs without recording and names the tensors that the derivative needs;
/// `backward` turns the gradients of the outputs (undefined for one that nothing used) into one
/// gradient an input, nil where there is none. Both must capture no tensors, modules or `self`:
/// what they need goes through `saving`, so that the graph holds no cycle. For a second derivative
/// `backward` must itself use differentiable operations. PyTorch: `torch.autograd.Function`.
public struct CustomFunction: Sendable {
  /// What a forward pass leaves.
  public struct Pass {
    /// The results, in order; at most 64.
    public var outputs: [Tensor]
    /// What the derivative needs, in order; at most 64.
    public var saving: [Tensor]

    /// Results and what the derivative needs of them or of the inputs.
    public init(outputs: [Tensor], saving: [Tensor] = []) {
      self.outputs = outputs
      self.saving = saving
    }
  }

  let forward: @Sendable ([Tensor]) -> Pass
  let backward: @Sendable (_ saved: [Tensor], _ gradients: [Tensor]) -> [Tensor?]

  /// An operation from its two directions.
  public init(
    forward: @escaping @Sendable ([Tensor]) -> Pass,
    backward: @escaping @Sendable (_ saved: [Tensor], _ gradients: [Tensor]) -> [Tensor?]
  ) {
    self.forward = forward
    self.backward = backward
  }

  /// The outputs for these inputs, recorded for gradients if these are.
  ///
  /// Fails as operators do if an operation in `forward` fails; when gradients are taken, if one in
  /// `backward` does or if it does not return one entry an input.
  public func callAsFunction(_ inputs: Tensor...) -> [Tensor] {
    let context = Unmanaged.passRetained(Context(self)).toOpaque()
    let handles = inputs.map { Optional($0.handle.pointer) }
    var results = [ct_tensor?](repeating: nil, count: 64)
    var count = 0
    var message: ct_error?
    let status = withExtendedLifetime(inputs) {
      ct_custom_apply(
        context, forwardCallback, backwardCallback, releaseCallback, handles, handles.count,
        &results, results.count, &count, &message)
    }
    guard status == CT_OK else {
      TorchError(
        operation: "CustomFunction", operands: inputs.map(\.handle.summary),
        reason: takeMessage(message)
      ).raise()
      return [Tensor(.undefined)]
    }
    return results.prefix(count).compactMap { $0.map { Tensor(TensorHandle(owning: $0)) } }
  }
}

/// The gradients of a result that recorded operators made, so that they can be differentiated again; nil for an input that wants none.
func differentiableGradients(
  of result: Tensor, withRespectTo inputs: [Tensor], seed: Tensor
) -> [Tensor?] {
  let wanted = inputs.indices.filter { inputs[$0].requiresGradient }
  let found = gradients(
    of: [result], withRespectTo: wanted.map { inputs[$0] }, seeds: [seed], createGraph: true)
  var results = [Tensor?](repeating: nil, count: inputs.count)
  for (index, tensor) in zip(wanted, found) where tensor.isDefined { results[index] = tensor }
  return results
}

private final class Context {
  let function: CustomFunction

  init(_ function: CustomFunction) {
    self.function = function
  }

  static func from(_ pointer: UnsafeMutableRawPointer?) -> CustomFunction {
    guard let pointer else { preconditionFailure("no context: this is a bug in CustomFunction") }
    return Unmanaged<Context>.fromOpaque(pointer).takeUnretainedValue().function
  }
}

private func borrowed(_ handles: UnsafePointer<ct_tensor?>?, _ count: Int) -> [Tensor] {
  (0..<count).map { index in
    let handle = handles?[index].map { TensorHandle(owning: ct_tensor_retain($0)) }
    return Tensor(handle ?? .undefined)
  }
}

private func give(_ tensor: Tensor) -> ct_tensor { ct_tensor_retain(tensor.handle.pointer) }

/// What `body` gives, or nil with a failed operation's sentence in `message`.
///
/// LibTorch may run a derivative on a thread of its own, where no scope of the caller's is in force;
/// the sentence travels back as LibTorch's error.
private func attempt<Result>(
  _ message: UnsafeMutablePointer<ct_error?>?, _ body: () -> Result
) -> Result? {
  do {
    return try withTorchErrors(body)
  } catch {
    message?.pointee = strdup("\(error)")
    return nil
  }
}

private let releaseCallback: ct_custom_release = { pointer in
  guard let pointer else { return }
  Unmanaged<Context>.fromOpaque(pointer).release()
}

private let forwardCallback: ct_custom_forward = {
  pointer, inputs, inputCount, outputs, outputCapacity, outputCount, saved, savedCapacity,
  savedCount, message in
  let function = Context.from(pointer)
  guard let pass = attempt(message, { function.forward(borrowed(inputs, inputCount)) }) else {
    return ct_status(CT_FAILED)
  }
  guard pass.outputs.count <= outputCapacity, pass.saving.count <= savedCapacity else {
    message?.pointee = strdup("at most \(outputCapacity) outputs and saved tensors")
    return ct_status(CT_FAILED)
  }
  for (index, tensor) in pass.outputs.enumerated() { outputs?[index] = give(tensor) }
  for (index, tensor) in pass.saving.enumerated() { saved?[index] = give(tensor) }
  outputCount?.pointee = pass.outputs.count
  savedCount?.pointee = pass.saving.count
  return ct_status(CT_OK)
}

private let backwardCallback: ct_custom_backward = {
  pointer, saved, savedCount, gradients, gradientCount, results, inputCount, message in
  let function = Context.from(pointer)
  let outcome = attempt(message) {
    function.backward(borrowed(saved, savedCount), borrowed(gradients, gradientCount))
  }
  guard let found = outcome else { return ct_status(CT_FAILED) }
  guard found.count == inputCount else {
    message?.pointee = strdup("backward gave \(found.count) gradients for \(inputCount) inputs")
    return ct_status(CT_FAILED)
  }
  for (index, tensor) in found.enumerated() {
    results?[index] = tensor.map(give) ?? ct_tensor_undefined()
  }
  return ct_status(CT_OK)
}
