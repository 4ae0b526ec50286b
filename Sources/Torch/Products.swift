import TorchRaw

/// The matrix product, with broadcasting of leading dimensions; for vectors the inner product.
/// PyTorch: `torch.matmul`.
public func matmul(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor(call(.matmul, a.argument, b.argument))
}

/// Sums of products by Einstein's convention, such as `einsum("bi,bj->bij", a, b)`.
/// PyTorch: `torch.einsum`.
public func einsum(_ equation: String, _ tensors: Tensor...) -> Tensor {
  Tensor(call(.einsum, .string(equation), .tensors(tensors.map(\.handle))))
}

/// The products of all elements of two vectors, [n, m]. PyTorch: `torch.outer`.
public func outer(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor(call(.outer, a.argument, b.argument))
}

/// Distances ‖aᵢ − bⱼ‖ₚ between rows, [..., n, m]. PyTorch: `torch.cdist`.
///
/// Takes differences, not the expanded square, so that equal rows are at distance zero exactly.
public func pairwiseDistances(_ a: Tensor, _ b: Tensor, p: Double = 2) -> Tensor {
  Tensor(call(.cdist, a.argument, b.argument, .double(p), 2))
}

/// The cosine of the angle between vectors along `dim`. PyTorch: `F.cosine_similarity`.
public func cosineSimilarity(
  _ a: Tensor, _ b: Tensor, dim: Int = -1, epsilon: Double = 1e-8
) -> Tensor {
  Tensor(call(.cosineSimilarity, a.argument, b.argument, .int(dim), .double(epsilon)))
}

/// As the other form, for tensors in a list. PyTorch: `torch.einsum`.
public func einsum(_ equation: String, _ tensors: [Tensor]) -> Tensor {
  Tensor(call(.einsum, .string(equation), .tensors(tensors.map(\.handle))))
}

/// Each element of `a` times the whole of `b`, in blocks. PyTorch: `torch.kron`.
public func kroneckerProduct(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor(call(.kron, a.argument, b.argument))
}

/// Products summed over dimensions `aDims` of `a` paired with `bDims` of `b`; the rest of a comes
/// first. PyTorch: `torch.tensordot`.
public func tensorProduct(_ a: Tensor, _ b: Tensor, dims aDims: [Int], _ bDims: [Int]) -> Tensor {
  Tensor(call(.tensordot, a.argument, b.argument, .ints(aDims), .ints(bDims)))
}

/// Matrices on the diagonal of a larger one of zeros. PyTorch: `torch.block_diag`.
public func blockDiagonal(_ blocks: [Tensor]) -> Tensor {
  Tensor(call(.blockDiag, .tensors(blocks.map(\.handle))))
}
