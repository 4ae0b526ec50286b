import CTorch
import TorchRaw

extension Tensor {
  /// Whether gradients flow to or through this tensor. PyTorch: `requires_grad`.
  public var requiresGradient: Bool { ct_tensor_requires_gradient(handle.pointer) }

  /// The same numbers as a start of a new graph, with respect to which gradients can be taken.
  ///
  /// Fails as operators do for elements that are not floating-point. PyTorch:
  /// `detach().requires_grad_()`.
  public func requiringGradient() -> Tensor {
    let leaf = Tensor(call(.detach, argument))
    leaf.setRequiresGradient(true)
    return leaf
  }

  package func setRequiresGradient(_ value: Bool) {
    var message: ct_error?
    if ct_tensor_set_requires_gradient(handle.pointer, value, &message) != CT_OK {
      TorchError(
        operation: "requiringGradient", operands: [handle.summary], reason: takeMessage(message)
      ).raise()
    }
  }
}

/// The gradients of Σ seedᵢ · outputᵢ with respect to each of `inputs`, in their shapes.
///
/// An output that is no scalar needs a seed of its own shape. An input that no output depends on
/// has the undefined tensor. The graph is freed unless `retainGraph`; with `createGraph` the
/// gradients can be differentiated again. PyTorch: `torch.autograd.grad`.
///
/// `found` is told each input's number and gradient as soon as it is complete, while others are still
/// computed; inputs must be leaves then. PyTorch: `register_hook`.
public func gradients(
  of outputs: [Tensor], withRespectTo inputs: [Tensor], seeds: [Tensor?]? = nil,
  retainGraph: Bool = false, createGraph: Bool = false, found: ((Int, Tensor) -> Void)? = nil
) -> [Tensor] {
  let from = outputs.map { Optional($0.handle.pointer) }
  let undefined = TensorHandle.undefined
  let weights = outputs.indices.map { Optional(seeds?[$0]?.handle.pointer ?? undefined.pointer) }
  let to = inputs.map { Optional($0.handle.pointer) }
  var results = [ct_tensor?](repeating: nil, count: inputs.count)
  var message: ct_error?
  let listener = found.map(GradientListener.init)
  let status = withExtendedLifetime((outputs, seeds, inputs, undefined, listener)) {
    ct_gradients(
      from, weights, from.count, to, to.count, retainGraph || createGraph, createGraph,
      listener == nil ? nil : GradientListener.report,
      listener.map { Unmanaged.passUnretained($0).toOpaque() }, &results, &message)
  }
  guard status == CT_OK else {
    TorchError(
      operation: "gradients", operands: outputs.map(\.handle.summary), reason: takeMessage(message)
    ).raise()
    return inputs.map { _ in Tensor(.undefined) }
  }
  return results.map { Tensor($0.map(TensorHandle.init(owning:)) ?? .undefined) }
}

/// Hears of gradients from LibTorch.
private final class GradientListener {
  let found: (Int, Tensor) -> Void

  init(_ found: @escaping (Int, Tensor) -> Void) { self.found = found }

  static let report: ct_gradient_found = { context, index, gradient in
    guard let context, let gradient, let kept = ct_tensor_retain(gradient) else { return }
    let listener = Unmanaged<GradientListener>.fromOpaque(context).takeUnretainedValue()
    listener.found(index, Tensor(TensorHandle(owning: kept)))
  }
}

/// The value of a scalar function and its gradients at `inputs`.
///
/// Inputs that the function does not use have gradient zero.
public func valueAndGradient(
  at inputs: [Tensor], createGraph: Bool = false, _ function: ([Tensor]) throws -> Tensor
) rethrows -> (value: Tensor, gradients: [Tensor]) {
  try withGradients {
    let leaves = createGraph ? inputs.map(\.tracked) : inputs.map { $0.requiringGradient() }
    let value = try function(leaves)
    let found = gradients(of: [value], withRespectTo: leaves, createGraph: createGraph)
    let filled = zip(found, leaves).map { $0.isDefined ? $0 : Tensor.zeros(like: $1) }
    return (createGraph ? value : value.detached(), filled)
  }
}

extension Tensor {
  /// Itself if gradients flow through it already, otherwise a new start.
  fileprivate var tracked: Tensor { requiresGradient ? self : requiringGradient() }
}

/// The gradient of a scalar function at `input`, in its shape.
public func gradient(
  at input: Tensor, createGraph: Bool = false, _ function: (Tensor) throws -> Tensor
) rethrows -> Tensor {
  try valueAndGradient(at: [input], createGraph: createGraph) { try function($0[0]) }.gradients[0]
}

/// f(x) and vᵀ J, J the Jacobian of `function` at `input`; `vector` has the output's shape.
/// PyTorch: `torch.func.vjp`.
public func vectorJacobianProduct(
  at input: Tensor, vector: Tensor, _ function: (Tensor) throws -> Tensor
) rethrows -> (value: Tensor, product: Tensor) {
  try withGradients {
    let leaf = input.requiringGradient()
    let value = try function(leaf)
    let found = gradients(of: [value], withRespectTo: [leaf], seeds: [vector])[0]
    return (value.detached(), found.isDefined ? found : Tensor.zeros(like: input))
  }
}

/// f(x) and J v by forward-mode differentiation; `tangent` has the input's shape.
/// PyTorch: `torch.func.jvp`.
///
/// LibTorch has one level of forward mode for the whole process: threads take turns, and `function`
/// must not call this again. Fails as operators do for an operator without a forward derivative, and
/// leaves no level open.
public func jacobianVectorProduct(
  at input: Tensor, tangent: Tensor, _ function: (Tensor) throws -> Tensor
) rethrows -> (value: Tensor, product: Tensor) {
  var level: UInt64 = 0
  var message: ct_error?
  if ct_forward_level_enter(&level, &message) != CT_OK {
    TorchError(operation: "jacobianVectorProduct", operands: [], reason: takeMessage(message))
      .raise()
    return (Tensor(.undefined), Tensor(.undefined))
  }
  defer { ct_forward_level_leave(level) }
  let dual = call(.makeDual, input.detached().argument, tangent.argument, .int(Int(level)))
  let output = try function(Tensor(dual))
  let parts = callMany(.unpackDual, count: 2, output.argument, .int(Int(level)))
  let value = Tensor(parts[0])
  let product = parts.count > 1 && parts[1].isDefined ? Tensor(parts[1]) : Tensor.zeros(like: value)
  return (value.detached(), product.detached())
}
