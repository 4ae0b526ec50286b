import CTorch
import TorchRaw

/// Σ x l − log(1 + eˡ) over the last dimension, in nats: the log-likelihood of ones and zeros x under logits l, or minus the cross
/// entropy of x of [0, 1].
///
/// **Shapes**: logits `[…, n]`, targets that can be broadcast to them → `[…]`. Finite for every finite logit. In float32 on the CPU, where
/// the targets want no gradient, one pass over the logits and one for their gradient, which keeps logits and targets alone; elsewhere,
/// for derivatives of derivatives and in forward mode it is the operators of LibTorch. Fails as they do. In PyTorch it is
/// `binary_cross_entropy_with_logits` without a reduction, a sum and a sign.
public func bernoulliLogLikelihood(logits: Tensor, targets: Tensor) -> Tensor {
  guard logits.rank > 0, logits.count > 0, !targets.requiresGradient,
    [logits, targets].allSatisfy({ $0.dtype == .float32 && $0.device == .cpu }),
    zip(targets.shape.reversed(), logits.shape.reversed()).allSatisfy({ $0 == $1 || $0 == 1 }),
    targets.rank <= logits.rank,
    !needsPlainOperators(on: .cpu)
  else { return recorded(logits, targets) }
  return function(logits, targets.expanded(logits.shape))[0]
}

private let function = CustomFunction(
  forward: { inputs in
    let sums = nativeResults("Bernoulli log-likelihood", of: inputs) {
      ct_bernoulli_sums($0[0], $0[1], $1, $2)
    }
    return .init(outputs: sums, saving: inputs)
  },
  backward: { saved, gradients in
    guard gradients[0].isDefined else { return [nil, nil] }
    guard !isRecordingGradients else {
      return differentiableGradients(
        of: recorded(saved[0], saved[1]), withRespectTo: saved, seed: gradients[0])
    }
    let found = nativeResults("derivative of a Bernoulli log-likelihood", of: gradients + saved) {
      ct_bernoulli_gradient($0[0], $0[1], $0[2], $1, $2)
    }
    return [found[0], nil]
  })

private func recorded(_ logits: Tensor, _ targets: Tensor) -> Tensor {
  -binaryCrossEntropy(logits: logits, targets: targets, reduction: .none).sum(dim: -1)
}
