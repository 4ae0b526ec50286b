public import Torch

extension Bernoulli {
  /// Σ over x of P(x) [log P(x) − log Q(x)] in nats, each logarithm taken from the logit.
  public func klDivergence(to q: Bernoulli) -> Tensor {
    let one = probabilities * (logSigmoid(logits) - logSigmoid(q.logits))
    let zero = sigmoid(-logits) * (logSigmoid(-logits) - logSigmoid(-q.logits))
    return (one + zero).clamped(min: 0)
  }
}

extension Categorical {
  /// Σ pₖ (log pₖ − log qₖ) in nats; +∞ where q forbids a class that p allows.
  ///
  /// Fails as operators do for unequal numbers of classes.
  public func klDivergence(to q: Categorical) -> Tensor {
    guard classes == q.classes else {
      return fail("klDivergence(Categorical, Categorical)", [logits, q.logits], "unequal classes")
    }
    let excess = logProbabilities - q.logProbabilities
    return expectation(of: excess, under: probabilities.broadcast(to: excess.shape))
      .clamped(min: 0)
  }
}
