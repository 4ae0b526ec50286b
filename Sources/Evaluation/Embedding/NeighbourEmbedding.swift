import Distributions
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A map of codes in the plane that keeps neighbours together: exact t-SNE.
///
/// Minimises KL(P ‖ Q) over places y with q_ij ∝ (1 + ‖y_i − y_j‖²)⁻¹ and p_ij = (p_j|i + p_i|j)/2n, where p_j|i is a Gaussian
/// around code i whose width gives the asked perplexity 2^H. Starts from the first two principal axes, so that the
/// map is a function of the codes alone; distances between far groups mean little. **Limits**: time and memory grow with n²,
/// so it is for about two thousand codes at most. **Source**: van der Maaten and Hinton 2008, JMLR 9; initialisation,
/// exaggeration 12 and learning rate n/12 after Kobak and Berens 2019, Nature Communications 10. scikit-learn's `TSNE`.
public struct NeighbourEmbedding {
  /// The places `[n, 2]`, float64, centred.
  public let places: Tensor
  /// KL(P ‖ Q) at the end, in nats.
  public let divergence: Double

  /// Of codes `[n, d]`.
  ///
  /// - Parameters:
  ///   - codes: at least five.
  ///   - perplexity: how many neighbours count; at most (n − 1)/3 is used.
  ///   - steps: of gradient descent; the first half exaggerates neighbourhoods, so that groups find each other.
  /// - Throws: `MetricError` for too few codes and for numbers that are not finite.
  public init(_ codes: Tensor, perplexity: Double = 30, steps: Int = 500) throws {
    let rows = try codeTable(codes, metric: "neighbour-embedding", minimum: 5)
    let n = rows.size(0)
    let start = try PrincipalComponents(rows).places(of: rows)
    let wide = start.size(1) < 2 ? concatenated([start, Tensor.zeros(like: start)], dim: 1) : start
    let spread = Swift.max(wide[.all, 0].standardDeviation().item(), 1e-12)
    let p = Self.affinities(rows, perplexity: Swift.min(perplexity, Double(n - 1) / 3)).to(.float32)
    var y = (wide / spread * 1e-4).to(.float32)
    var velocity = Tensor.zeros(like: y)
    var gains = Tensor.ones(like: y)
    let rate = Swift.max(Double(n) / 12, 50)
    for step in 0..<steps {
      let isEarly = step < steps / 2
      let slope = Self.gradient(p * (isEarly ? 12.0 : 1.0), y)
      // Jacobs' rule: longer steps where the direction holds, shorter ones where it turns.
      let turns = (slope * velocity) .> 0
      gains = (gains + 0.2).replacing(with: gains * 0.8, where: turns).clamped(min: 0.01)
      velocity = velocity * (isEarly ? 0.5 : 0.8) - rate * gains * slope
      y = y + velocity
      y = y - y.mean(dim: 0)
    }
    places = y.to(.float64)
    divergence = Self.divergence(p.to(.float64), places)
  }

  /// P, `[n, n]`: symmetric, sum one, zero on the diagonal.
  ///
  /// The precision of each Gaussian is found by bisection over e⁻²⁰ to e²⁰ in 60 halvings, all rows at once.
  static func affinities(_ rows: Tensor, perplexity: Double) -> Tensor {
    let n = rows.size(0)
    let distances = squaredDistances(rows, rows)
    let diagonal = Tensor.eye(n, dtype: .float64) .> 0
    let target = log(perplexity)
    // From the nearest neighbour on and in units of the mean distance, so that one range of precisions serves all scales of codes.
    let nearest = distances.replacing(with: Double.infinity, where: diagonal)
      .min(dims: [1], keepDim: true)
    let typical = distances.mean(dims: [1], keepDim: true).clamped(min: 1e-12)
    let scaled = (distances - nearest) / typical
    var low = Tensor.full([n, 1], -20.0, dtype: .float64)
    var high = Tensor.full([n, 1], 20.0, dtype: .float64)
    var conditional = Tensor.zeros([n, n], dtype: .float64)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let logits = (-scaled * exp(middle)).replacing(with: -Double.infinity, where: diagonal)
      conditional = softmax(logits, dim: 1)
      let entropy = -(conditional * log(conditional.clamped(min: 1e-300))).sum(
        dim: 1, keepDim: true)
      let isWide = entropy .> target
      low = low.replacing(with: middle, where: isWide)
      high = middle.replacing(with: high, where: isWide)
    }
    return (conditional + conditional.transposed()) / Double(2 * n)
  }

  /// Q's unnormalised weights `[n, n]`, zero on the diagonal.
  private static func weights(_ y: Tensor) -> Tensor {
    let inverse = reciprocal(squaredDistances(y, y) + 1)
    return inverse * (1 - Tensor.eye(y.size(0), dtype: y.dtype))
  }

  /// ∂KL/∂y = 4 Σ_j (p_ij − q_ij) w_ij (y_i − y_j), `[n, 2]`.
  static func gradient(_ p: Tensor, _ y: Tensor) -> Tensor {
    let w = weights(y)
    let force = (p - w / w.sum()) * w
    return 4 * (force.sum(dim: 1, keepDim: true) * y - matmul(force, y))
  }

  /// KL(P ‖ Q) in nats.
  static func divergence(_ p: Tensor, _ y: Tensor) -> Double {
    let w = weights(y)
    let q = w / w.sum()
    let ratio = log(p.clamped(min: 1e-300)) - log(q.clamped(min: 1e-300))
    return (p * ratio).sum().item()
  }
}
