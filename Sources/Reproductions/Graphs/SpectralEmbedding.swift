import Torch

/// The leading eigenvectors of the random walk on a graph: D^−½ v_k for the largest eigenvalues of D^−½ A D^−½.
///
/// Nodes without neighbours have zeros. **Source**: Tang & Liu 2011, doi 10.1007/s10618-010-0210-x, section 4.2.
/// scikit-learn: `SpectralEmbedding(affinity="precomputed")` up to the first vector, which it drops.
func spectralEmbedding(_ adjacency: Tensor, size: Int) -> Tensor {
  let wide = adjacency.to(.float64)
  let degrees = wide.sum(dim: 1, keepDim: true)
  let scale = rsqrt(degrees.clamped(min: 1))
  let (_, vectors) = LinearAlgebra.eigh(scale * wide * scale.transposed())
  return scale * vectors[.all, (vectors.size(1) - size)...]
}
