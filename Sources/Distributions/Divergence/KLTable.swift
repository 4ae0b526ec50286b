public import Torch

/// The closed forms of the Kullback–Leibler divergence, by the types of the two distributions.
///
/// To add one, for a distribution of your own or a pair that is missing, write a method
/// `klDivergence(to:)` and an entry:
///
///     extension Mine { func klDivergence(to q: Normal) -> Tensor { … } }
///     var table = KLTable.current
///     table.add { (p: Mine, q: Normal) in p.klDivergence(to: q) }
///     withKLTable(table) { train() }
///
/// `Independent` needs no entries: its divergence is the sum of its components'.
/// PyTorch: `torch.distributions.kl.register_kl`.
public struct KLTable: Sendable {
  private struct Pair: Hashable {
    let p: ObjectIdentifier
    let q: ObjectIdentifier
  }

  private typealias Formula = @Sendable (any Distribution, any Distribution) -> Tensor?

  private var formulas: [Pair: Formula] = [:]

  /// A table without entries.
  public init() {}

  /// The table that `klDivergence` consults: the package's, or that of `withKLTable`.
  @TaskLocal public static var current = KLTable.standard

  /// Adds or replaces the closed form of one pair of types: KL(p‖q) in nats, of shape
  /// `batchShape`.
  public mutating func add<P: Distribution, Q: Distribution>(
    _ formula: @escaping @Sendable (P, Q) -> Tensor
  ) {
    formulas[Pair(p: ObjectIdentifier(P.self), q: ObjectIdentifier(Q.self))] = { p, q in
      guard let p = p as? P, let q = q as? Q else { return nil }
      return formula(p, q)
    }
  }

  /// KL(p‖q), or nil if the table has no closed form for these types.
  public func divergence(_ p: any Distribution, _ q: any Distribution) -> Tensor? {
    let pair = Pair(p: ObjectIdentifier(type(of: p)), q: ObjectIdentifier(type(of: q)))
    if let formula = formulas[pair] { return formula(p, q) }
    guard let p = p as? any ComponentwiseDistribution, let q = q as? any ComponentwiseDistribution,
      p.eventDims == q.eventDims
    else { return nil }
    return divergence(p.componentDistribution, q.componentDistribution)?.sumOfLast(p.eventDims)
  }

  /// How many pairs of types there are.
  public var count: Int { formulas.count }
}

/// Runs `body` with `table` as the one that `klDivergence` consults.
public func withKLTable<Result>(_ table: KLTable, _ body: () throws -> Result) rethrows -> Result {
  try KLTable.$current.withValue(table, operation: body)
}

/// KL(p‖q) = E_p[log p(x) − log q(x)] in nats by closed form, of the broadcast batch shape; never
/// negative, and zero for equal parameters.
///
/// Looks the pair up in `KLTable.current` when run. Where both types are known when compiling,
/// `p.klDivergence(to: q)` is the same and is checked by the compiler. Fails as operators do for a
/// pair without a closed form; the estimate is `monteCarloKLDivergence`, and is never taken
/// unasked. PyTorch: `torch.distributions.kl_divergence`.
public func klDivergence(_ p: any Distribution, _ q: any Distribution) -> Tensor {
  if let value = KLTable.current.divergence(p, q) { return value }
  return fail(
    "klDivergence(\(type(of: p)), \(type(of: q)))", [],
    "no closed form is known; add one to the KLTable or use monteCarloKLDivergence")
}
