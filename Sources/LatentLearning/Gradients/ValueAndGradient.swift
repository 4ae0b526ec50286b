public import LatentNN
public import Torch

/// The value of a loss and its gradients with respect to the model's trainable parameters.
///
/// The model is in training mode while `loss` runs. The value is detached, so that keeping it keeps no
/// graph alive.
///
///     let (loss, gradients) = valueAndGradient(of: model) { model in
///       squaredError(model(x), y)
///     }
///
/// **Fails** (stops) if the loss is no scalar or depends on no trainable parameter.
/// PyTorch: `loss.backward()`.
///
/// - Parameters:
///   - model: the model whose parameters the gradients are for.
///   - mode: what dropout and batch statistics do.
///   - loss: a scalar made of the model's outputs.
/// - Returns: the loss, detached, and the gradients.
public func valueAndGradient<Model: Module>(
  of model: Model, mode: Mode = .training, _ loss: (Model) throws -> Tensor
) rethrows -> (loss: Tensor, gradients: Gradients) {
  let (value, _, gradients) = try valueAndGradient(of: model, mode: mode) { model in
    (try loss(model), ())
  }
  return (value, gradients)
}

/// The value of a loss, what else was computed on the way, and the gradients.
///
/// As `valueAndGradient(of:mode:_:)`. A tensor in the second part keeps the graph that made it alive:
/// return numbers or detached tensors.
///
///     let (loss, terms, gradients) = valueAndGradient(of: model) { model in
///       let terms = objective(model, batch)
///       return (terms.total, terms.values)
///     }
///
/// `found` is told each gradient as soon as it is complete, by its place among the trainable parameters.
public func valueAndGradient<Model: Module, Extra>(
  of model: Model, mode: Mode = .training, found: ((Int, Tensor) -> Void)? = nil,
  _ loss: (Model) throws -> (Tensor, Extra)
) rethrows -> (loss: Tensor, extra: Extra, gradients: Gradients) {
  let (value, extra) = try withGradients {
    try withMode(mode, [model]) { try loss(model) }
  }
  return (value.detached(), extra, gradients(of: value, for: model, found: found))
}

/// Differentiates `loss` with respect to the trainable parameters of `model`.
///
/// For a loss that was computed outside of `valueAndGradient(of:)`, such as one that two players share.
/// **Fails** (stops) if the loss is no scalar or depends on no trainable parameter.
///
/// - Parameters:
///   - loss: a scalar with its graph.
///   - model: the model whose parameters the gradients are for.
///   - retainGraph: whether `loss` will be differentiated again.
///   - found: told each gradient as soon as it is complete, by its place among the trainable parameters.
/// - Returns: a gradient for each parameter that the loss depends on.
public func gradients(
  of loss: Tensor, for model: Module, retainGraph: Bool = false,
  found: ((Int, Tensor) -> Void)? = nil
) -> Gradients {
  let trainable = model.trainableParameters
  require(loss.count == 1, "gradients", "the loss is \(loss.shape), expected one number")
  let isUseful = loss.requiresGradient && !trainable.isEmpty
  require(
    isUseful, "gradients", "the loss depends on no trainable parameter of \(type(of: model))")
  if loss.count != 1 || !isUseful { return Gradients([]) }
  let found = Torch.gradients(
    of: [loss], withRespectTo: trainable.map(\.parameter.value), retainGraph: retainGraph,
    found: found)
  var entries: [Gradients.Entry] = []
  var unused: [String] = []
  for ((path, parameter), gradient) in zip(trainable, found) {
    if gradient.isDefined {
      entries.append(Gradients.Entry(path: path, parameter: parameter, gradient: gradient))
    } else {
      unused.append(path)
    }
  }
  return Gradients(entries, unused: unused)
}
