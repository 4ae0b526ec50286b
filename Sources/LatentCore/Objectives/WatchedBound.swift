/// The evidence lower bound as a quantity to watch, for objectives that weigh its parts otherwise.
///
/// `elbo` is log p(x|z) − Σ rates at the draw, mean over the batch, in nats.
public struct WatchedBound: Objective, Sendable {
  /// The bound.
  public init() {}

  /// Adds `elbo`.
  public func add(to terms: inout Terms, _ pass: Pass) { terms.watchBound(pass) }
}
