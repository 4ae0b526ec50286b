public import Torch
import TorchRaw

/// Several attentions side by side: queries look up values by keys.
///
/// With heads of d numbers, head_i = softmax(Q_i K_iᵀ / √d + mask) V_i, where Q, K, V are affine maps of
/// queries, keys and values; the output is an affine map of the heads side by side. **Shapes**: queries
/// `[B, L, width]`, keys `[B, S, keyWidth]`, values `[B, S, valueWidth]` → `[B, L, width]`. A query that may
/// attend to no key gets zeros from its heads. **Randomness**: dropout of the softmax in training, from the
/// generator given at construction. New weights are Xavier-uniform, biases zero, as PyTorch draws
/// them. **Source**: Vaswani et al. 2017, arXiv:1706.03762, section 3.2. PyTorch:
/// `nn.MultiheadAttention(batch_first=True)`, with its `in_proj_weight` in three parts.
public final class MultiHeadAttention: Module {
  /// What an attention is like.
  public struct Configuration: Sendable, Hashable, Codable {
    /// Numbers in a query and in an output; a multiple of `heads`.
    public var width: Int
    /// Attentions side by side.
    public var heads: Int
    /// Numbers in a key; `width` if nil.
    public var keyWidth: Int?
    /// Numbers in a value; `width` if nil.
    public var valueWidth: Int?
    /// Whether the affine maps have a bias.
    public var bias = true
    /// The probability that a softmax weight is dropped in training.
    public var dropout = 0.0

    /// An attention of `heads` heads over `width` numbers.
    public init(
      width: Int, heads: Int, keyWidth: Int? = nil, valueWidth: Int? = nil, bias: Bool = true,
      dropout: Double = 0
    ) {
      self.width = width
      self.heads = heads
      self.keyWidth = keyWidth
      self.valueWidth = valueWidth
      self.bias = bias
      self.dropout = dropout
    }

    /// Numbers in the query of one head.
    var headWidth: Int { width / max(heads, 1) }
  }

  /// The map to Q.
  public let query: Linear
  /// The map to K.
  public let key: Linear
  /// The map to V.
  public let value: Linear
  /// The map of the heads side by side.
  public let output: Linear
  /// What the attention is like.
  public let configuration: Configuration
  private let dropout: Dropout

  /// An attention with everything that can be chosen.
  public init(_ configuration: Configuration, using generator: Generator) {
    let (width, heads) = (configuration.width, configuration.heads)
    require(
      heads > 0 && width % heads == 0, "MultiHeadAttention",
      "width \(width) cannot be split into \(heads) heads, expected a multiple")
    self.configuration = configuration
    let last = Linear(width, width, bias: configuration.bias, using: generator)
    let zeros = configuration.bias ? Tensor.zeros([width], device: .cpu) : nil
    output = Linear(weight: last.weight.value, bias: zeros)
    let widths = [width, configuration.keyWidth ?? width, configuration.valueWidth ?? width]
    let weights = inputWeights(width, widths, using: generator)
    query = Linear(weight: weights[0], bias: zeros)
    key = Linear(weight: weights[1], bias: zeros)
    value = Linear(weight: weights[2], bias: zeros)
    dropout = Dropout(configuration.dropout, using: generator)
  }

  /// An attention of `heads` heads over `width` numbers.
  public convenience init(_ width: Int, heads: Int, using generator: Generator) {
    self.init(Configuration(width: width, heads: heads), using: generator)
  }

  /// Attention of a sequence to itself.
  ///
  /// - Parameters:
  ///   - x: `[B, L, width]`.
  ///   - mask: which keys a query may attend to.
  ///   - validKeys: bool `[B, L]`, true for elements that exist; nil if all do.
  /// - Returns: `[B, L, width]`.
  public func callAsFunction(
    _ x: Tensor, mask: AttentionMask = .none, validKeys: Tensor? = nil
  ) -> Tensor {
    callAsFunction(x, keys: x, values: x, mask: mask, validKeys: validKeys)
  }

  /// Attention of queries to another sequence.
  ///
  /// - Parameters:
  ///   - queries: `[B, L, width]`.
  ///   - keys: `[B, S, keyWidth]`.
  ///   - values: `[B, S, valueWidth]`.
  ///   - mask: which keys a query may attend to.
  ///   - validKeys: bool `[B, S]`, true for keys that exist; nil if all do.
  /// - Returns: `[B, L, width]`.
  public func callAsFunction(
    _ queries: Tensor, keys: Tensor, values: Tensor, mask: AttentionMask = .none,
    validKeys: Tensor? = nil
  ) -> Tensor {
    let v = split(value(values))
    let drops = mode == .training && configuration.dropout > 0
    let heads: Tensor
    if drops {
      let w = weights(queries, keys: keys, mask: mask, validKeys: validKeys)
      heads = matmul(dropout(w), v)
    } else {
      let (q, k) = (split(query(queries)), split(key(keys)))
      if case .causal = mask, validKeys == nil {
        heads = scaledDotProductAttention(query: q, key: k, value: v, causal: true)
      } else {
        let allowed = mask.combined(
          validKeys: validKeys, queries: q.size(-2), keys: k.size(-2), like: q)
        heads = scaledDotProductAttention(query: q, key: k, value: v, mask: allowed)
      }
    }
    return output(heads.transposed(1, 2).flattened(from: 2))  // [B, L, width]
  }

  /// The softmax weights before dropout, `[B, heads, L, S]`, to look at or to use.
  public func weights(
    _ queries: Tensor, keys: Tensor, mask: AttentionMask = .none, validKeys: Tensor? = nil
  ) -> Tensor {
    let q = split(query(queries)) / Double(configuration.headWidth).squareRoot()
    let k = split(key(keys))
    var scores = matmul(q, k.transposed())
    if let allowed = mask.combined(
      validKeys: validKeys, queries: q.size(-2), keys: k.size(-2), like: q)
    {
      scores =
        allowed.dtype == .bool
        ? scores.replacing(with: -Double.infinity, where: .!allowed) : scores + allowed
    }
    return Tensor(call(.safeSoftmax, scores.argument, -1))
  }

  /// `[B, L, width]` → `[B, heads, L, width / heads]`.
  private func split(_ x: Tensor) -> Tensor {
    x.unflattened(dim: -1, [configuration.heads, configuration.headWidth])
      .transposed(1, 2)
  }

  /// Width and heads.
  public override var details: String { "\(configuration.width), \(configuration.heads) heads" }
}

/// The maps to Q, K and V: one Xavier-uniform matrix in three parts if all read the same width, as
/// PyTorch draws them, else a matrix each.
private func inputWeights(
  _ width: Int, _ widths: [Int], using generator: Generator
) -> [Tensor] {
  let draw = Initializer.xavierUniform()
  if widths.allSatisfy({ $0 == width }) {
    return draw([3 * width, width], using: generator).chunked(3)
  }
  return widths.map { draw([width, $0], using: generator) }
}
