public import Torch

/// Which keys a query may attend to.
///
/// True means "may attend", in every mask of this package; `nn.MultiheadAttention` has it the other
/// way round, `F.scaled_dot_product_attention` has it this way.
public enum AttentionMask {
  /// Every key.
  case none
  /// Keys at the query's own position and before.
  case causal
  /// Where this bool tensor is true; it broadcasts to `[B, heads, queries, keys]`.
  case allowed(Tensor)
  /// Every key, with a number added to its score; it broadcasts to `[B, heads, queries, keys]`.
  case additive(Tensor)
}

extension AttentionMask {
  /// One tensor for scores of `queries` × `keys`, bool or floating, or nil for every key; `validKeys` is
  /// `[B, keys]`, true for keys that exist.
  func combined(validKeys: Tensor?, queries: Int, keys: Int, like x: Tensor) -> Tensor? {
    let valid = validKeys.map { mask in
      checkBool(mask, "validKeys")
      require(
        mask.rank == 2 && mask.shape.last == keys, "MultiHeadAttention",
        "validKeys is \(mask.shape), expected [B, \(keys)]")
      return mask.unsqueezed(dim: 1).unsqueezed(dim: 1)  // [B, 1, 1, keys]
    }
    switch self {
    case .none: return valid
    case .causal:
      let ones = Tensor.ones([queries, keys], device: x.device)
      let past = ones.lowerTriangle() .> 0.5
      return valid.map { past .& $0 } ?? past
    case .allowed(let mask):
      checkBool(mask, "the mask `.allowed`")
      return valid.map { mask .& $0 } ?? mask
    case .additive(let scores):
      guard let valid else { return scores.to(x.dtype) }
      let blocked = Tensor.zeros(valid.shape, dtype: x.dtype, device: x.device)
        .replacing(with: -Double.infinity, where: .!valid)
      return scores.to(x.dtype) + blocked
    }
  }

  private func checkBool(_ mask: Tensor, _ name: String) {
    require(
      mask.dtype == .bool, "MultiHeadAttention",
      "\(name) is \(mask.dtype), expected bool, true where a query may attend")
  }
}
