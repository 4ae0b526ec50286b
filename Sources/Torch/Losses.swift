import TorchRaw

/// What a loss does with its elements.
public enum Reduction: Int, Sendable {
  /// Keeps them.
  case none = 0
  /// Their mean.
  case mean = 1
  /// Their sum.
  case sum = 2

  var argument: Argument { .int(rawValue) }
}

/// (x − y)². PyTorch: `F.mse_loss`.
public func squaredError(_ x: Tensor, _ y: Tensor, reduction: Reduction = .mean) -> Tensor {
  Tensor(call(.mseLoss, x.argument, y.argument, reduction.argument))
}

/// |x − y|. PyTorch: `F.l1_loss`.
public func absoluteError(_ x: Tensor, _ y: Tensor, reduction: Reduction = .mean) -> Tensor {
  Tensor(call(.l1Loss, x.argument, y.argument, reduction.argument))
}

/// Quadratic within `delta` of zero, linear beyond. PyTorch: `F.huber_loss`.
public func huberLoss(
  _ x: Tensor, _ y: Tensor, delta: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  Tensor(call(.huberLoss, x.argument, y.argument, reduction.argument, .double(delta)))
}

/// −[y log σ(l) + (1 − y) log(1 − σ(l))] in nats, from logits l and targets y of one shape.
/// PyTorch: `F.binary_cross_entropy_with_logits`.
public func binaryCrossEntropy(
  logits: Tensor, targets: Tensor, reduction: Reduction = .mean
) -> Tensor {
  let weights: Argument = .none
  return Tensor(
    call(
      .binaryCrossEntropyWithLogits, logits.argument, targets.argument, weights, .none,
      reduction.argument))
}

/// −log softmax(logits)[target] in nats; `logits` [n, classes, …], `targets` [n, …] int64.
/// PyTorch: `F.cross_entropy`.
public func crossEntropy(
  logits: Tensor, targets: Tensor, ignoring ignored: Int = -100, reduction: Reduction = .mean
) -> Tensor {
  Tensor(
    call(
      .crossEntropyLoss, logits.argument, targets.argument, .none, reduction.argument,
      .int(ignored)))
}
