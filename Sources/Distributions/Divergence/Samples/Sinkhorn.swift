public import Torch

/// The price of moving one unit of mass between two points.
public enum TransportCost: Sendable, Hashable {
  /// ‖x − y‖².
  case squaredEuclidean
  /// ‖x − y‖.
  case euclidean

  /// The costs of all pairs of rows, `[n, m]`.
  func callAsFunction(_ x: Tensor, _ y: Tensor) -> Tensor {
    switch self {
    case .squaredEuclidean: squaredDistances(x, y)
    case .euclidean: pairwiseDistances(x, y)
    }
  }
}

/// The settings of the Sinkhorn iteration.
public struct SinkhornOptions: Sendable, Hashable {
  /// ε > 0 in the unit of the cost: the weight of the entropy.
  public var epsilon: Double
  /// What moving mass costs.
  public var cost: TransportCost
  /// The largest number of iterations at the final ε.
  public var maximumIterations: Int
  /// Iterations end when no potential changes by more than this part of ε.
  public var tolerance: Double

  /// Settings; only `epsilon` has no default.
  public init(
    epsilon: Double, cost: TransportCost = .squaredEuclidean, maximumIterations: Int = 1000,
    tolerance: Double = 1e-4
  ) {
    self.epsilon = epsilon
    self.cost = cost
    self.maximumIterations = maximumIterations
    self.tolerance = tolerance
  }
}

/// A solution of entropic optimal transport between two samples.
public struct SinkhornSolution {
  /// OT_ε = min over plans P of ⟨P, C⟩ + ε KL(P ‖ a⊗b), a scalar in the unit of the cost, differentiable in the samples.
  public let value: Tensor
  /// The dual potential of the first sample, `[n]`, without history.
  public let first: Tensor
  /// The dual potential of the second sample, `[m]`, without history.
  public let second: Tensor
  /// The iterations that were taken at the final ε.
  public let iterations: Int
  /// Whether the potentials stopped changing within the tolerance.
  public let hasConverged: Bool
}

/// Entropic optimal transport between samples `[n, d]` and `[m, d]` with equal weights.
///
/// Alternates f = −ε log Σⱼ bⱼ exp((gⱼ − Cᵢⱼ)/ε) and the same for g in the logarithmic domain, from a large ε that halves
/// down to the given one. The gradient is that at the optimum (the envelope theorem), so that no iteration is kept in
/// memory. Fails as operators do for samples of different width or type and ε ≤ 0. Source: Cuturi 2013, arXiv 1306.0895;
/// Feydy et al. 2019, arXiv 1810.08278, section 3.
public func sinkhorn(_ x: Tensor, _ y: Tensor, options: SinkhornOptions) -> SinkhornSolution {
  let failed = { (value: Tensor) in
    SinkhornSolution(value: value, first: value, second: value, iterations: 0, hasConverged: false)
  }
  guard checkSamples("sinkhorn", x, y) else { return failed(Tensor(0.0)) }
  guard options.epsilon > 0 else {
    return failed(fail("sinkhorn", [], "expected epsilon > 0, found \(options.epsilon)"))
  }
  var iteration = SinkhornIteration(x.detached(), y.detached(), options)
  withoutGradients { iteration.run() }
  let (f, g) = (iteration.f, iteration.g)
  // One more update of each potential through the points whose potential it is; the value is unchanged.
  let forward = softMinimum(options.cost(x, y.detached()), g, options.epsilon)
  let backward = softMinimum(options.cost(y, x.detached()), f, options.epsilon)
  return SinkhornSolution(
    value: forward.mean() + backward.mean(), first: f, second: g, iterations: iteration.count,
    hasConverged: iteration.hasConverged)
}

/// S_ε = OT_ε(x, y) − ½ OT_ε(x, x) − ½ OT_ε(y, y): a scalar in the unit of the cost, never negative and zero for equal
/// samples up to the tolerance, differentiable in both.
///
/// Between optimal transport (ε → 0) and a maximum mean discrepancy with kernel −C (ε → ∞). See `sinkhorn`. Source:
/// Genevay, Peyré and Cuturi 2018, arXiv 1706.00292; Feydy et al. 2019, arXiv 1810.08278, theorem 1.
public func sinkhornDivergence(_ x: Tensor, _ y: Tensor, options: SinkhornOptions) -> Tensor {
  let between = sinkhorn(x, y, options: options).value
  let within = selfTransport(x, options) + selfTransport(y, options)
  return between - 0.5 * within
}

/// OT_ε(x, x), whose two potentials are one.
private func selfTransport(_ x: Tensor, _ options: SinkhornOptions) -> Tensor {
  guard x.rank == 2, options.epsilon > 0 else { return Tensor(0.0) }
  let constant = x.detached()
  let potential = withoutGradients {
    var iteration = SinkhornIteration(constant, constant, options)
    iteration.run(isSymmetric: true)
    return iteration.f
  }
  return 2 * softMinimum(options.cost(x, constant), potential, options.epsilon).mean()
}

/// −ε log meanⱼ exp((potentialⱼ − costᵢⱼ)/ε), `[n]`.
func softMinimum(_ cost: Tensor, _ potential: Tensor, _ epsilon: Double) -> Tensor {
  logMeanExp((potential - cost) / epsilon, dim: 1) * -epsilon
}

/// The alternation of both updates with a falling ε.
private struct SinkhornIteration {
  let options: SinkhornOptions
  let cost: Tensor
  let transposed: Tensor
  var f: Tensor
  var g: Tensor
  var count = 0
  var hasConverged = false

  init(_ x: Tensor, _ y: Tensor, _ options: SinkhornOptions) {
    self.options = options
    cost = options.cost(x, y)
    transposed = cost.transposed().contiguous()
    f = Tensor.zeros([x.size(0)], dtype: x.dtype, device: x.device)
    g = Tensor.zeros([y.size(0)], dtype: x.dtype, device: x.device)
  }

  mutating func run(isSymmetric: Bool = false) {
    var epsilon = cost.max().item()
    while epsilon > options.epsilon {
      update(epsilon, isSymmetric)
      epsilon /= 2
    }
    while count < options.maximumIterations, !hasConverged {
      let before = (f, g)
      update(options.epsilon, isSymmetric)
      count += 1
      let change = Swift.max(abs(f - before.0).max().item(), abs(g - before.1).max().item())
      hasConverged = change <= options.tolerance * options.epsilon
    }
  }

  private mutating func update(_ epsilon: Double, _ isSymmetric: Bool) {
    if isSymmetric {
      // The mean of a potential and its update: the fixed point of a sample with itself is reached in a few steps.
      f = 0.5 * (f + softMinimum(cost, f, epsilon))
      g = f
    } else {
      f = softMinimum(cost, g, epsilon)
      g = softMinimum(transposed, f, epsilon)
    }
  }
}
