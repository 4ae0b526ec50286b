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
///
/// `positiveWeight` multiplies the first term. PyTorch: `F.binary_cross_entropy_with_logits`.
public func binaryCrossEntropy(
  logits: Tensor, targets: Tensor, positiveWeight: Tensor? = nil, reduction: Reduction = .mean
) -> Tensor {
  Tensor(
    call(
      .binaryCrossEntropyWithLogits, logits.argument, targets.argument, .none,
      positiveWeight.argument, reduction.argument))
}

/// −log softmax(logits)[target] in nats; `logits` [n, classes, …], `targets` [n, …] int64.
///
/// `smoothing` s mixes each target with the uniform distribution, (1 − s) δ + s/classes.
/// PyTorch: `F.cross_entropy`.
public func crossEntropy(
  logits: Tensor, targets: Tensor, classWeights: Tensor? = nil, ignoring ignored: Int = -100,
  smoothing: Double = 0, reduction: Reduction = .mean
) -> Tensor {
  Tensor(
    call(
      .crossEntropyLoss, logits.argument, targets.argument, classWeights.argument,
      reduction.argument, .int(ignored), .double(smoothing)))
}

/// Quadratic within `beta` of zero, |x − y| − β/2 beyond. PyTorch: `F.smooth_l1_loss`.
public func smoothAbsoluteError(
  _ x: Tensor, _ y: Tensor, beta: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  Tensor(call(.smoothL1Loss, x.argument, y.argument, reduction.argument, .double(beta)))
}

/// −[y log p + (1 − y) log(1 − p)] in nats, from probabilities p and targets y of one shape; each
/// logarithm is kept above −100. PyTorch: `F.binary_cross_entropy`.
public func binaryCrossEntropy(
  probabilities: Tensor, targets: Tensor, reduction: Reduction = .mean
) -> Tensor {
  Tensor(
    call(
      .binaryCrossEntropy, probabilities.argument, targets.argument, .none, reduction.argument))
}

/// −log p[target] in nats; `logProbabilities` [n, classes, …], `targets` [n, …] int64.
/// PyTorch: `F.nll_loss`.
public func negativeLogLikelihood(
  logProbabilities: Tensor, targets: Tensor, ignoring ignored: Int = -100,
  reduction: Reduction = .mean
) -> Tensor {
  Tensor(
    call(
      .nllLoss, logProbabilities.argument, targets.argument, .none, reduction.argument,
      .int(ignored)))
}

/// p (log p − q) in nats, for targets p and log-probabilities q of one shape.
/// PyTorch: `F.kl_div`.
public func divergenceTerm(
  logProbabilities: Tensor, targets: Tensor, reduction: Reduction = .sum
) -> Tensor {
  Tensor(call(.klDiv, logProbabilities.argument, targets.argument, reduction.argument))
}

/// e^l − y l for log-rates l and counts y, the Poisson loss in nats without log y!.
/// PyTorch: `F.poisson_nll_loss`.
public func poissonLoss(
  logRates: Tensor, counts: Tensor, reduction: Reduction = .mean
) -> Tensor {
  Tensor(
    call(
      .poissonNLLLoss, logRates.argument, counts.argument, true, false, 1e-8,
      reduction.argument))
}

/// max(0, ‖a − p‖ − ‖a − n‖ + margin) over rows of features.
/// PyTorch: `F.triplet_margin_loss`.
public func tripletLoss(
  anchor: Tensor, positive: Tensor, negative: Tensor, margin: Double = 1,
  reduction: Reduction = .mean
) -> Tensor {
  Tensor(
    call(
      .tripletMarginLoss, anchor.argument, positive.argument, negative.argument,
      .double(margin), 2.0, 1e-6, false, reduction.argument))
}
