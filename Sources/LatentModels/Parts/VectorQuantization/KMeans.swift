import Torch

/// K centres of vectors by Lloyd's iterations from k-means++ seeds.
///
/// **Shapes**: vectors `[N, D]` → centres `[K, D]` and the vectors of each `[K]`. With fewer than K vectors
/// some centres coincide. A centre that loses its vectors stays. **Randomness**: one draw a seed.
/// **Source**: Arthur & Vassilvitskii 2007, k-means++: the advantages of careful seeding.
func kMeans(
  _ vectors: Tensor, centres count: Int, iterations: Int = 10, using generator: Generator
) -> (centres: Tensor, counts: Tensor) {
  withoutGradients {
    let first = Tensor.randint(0..<vectors.size(0), [1], using: generator)
    var chosen = [vectors.selected(first, dim: 0)]
    var distance = squared(vectors - chosen[0]).sum(dim: 1)
    while chosen.count < count {
      // Where all distances are zero any vector is as good as another.
      let index = Tensor.multinomial(distance + 1e-12, count: 1, using: generator)
      chosen.append(vectors.selected(index, dim: 0))
      distance = minimum(distance, squared(vectors - chosen[chosen.count - 1]).sum(dim: 1))
    }
    var centres = concatenated(chosen)
    var tally = clusters(vectors, nearestEntries(to: vectors, in: centres), entries: count)
    for _ in 0..<iterations {
      let means = tally.sums / tally.counts.clamped(min: 1).unsqueezed(dim: 1)
      centres = means.replacing(with: centres, where: (tally.counts .== 0).unsqueezed(dim: 1))
      tally = clusters(vectors, nearestEntries(to: vectors, in: centres), entries: count)
    }
    return (centres, tally.counts)
  }
}

/// The number of the nearest row of `table` `[K, D]` for each of `vectors` `[N, D]`: `[N]` int64.
func nearestEntries(to vectors: Tensor, in table: Tensor) -> Tensor {
  withoutGradients {
    (squared(table).sum(dim: 1) - 2 * matmul(vectors, table.transposed())).argMin(dim: 1)
  }
}

/// How many of `vectors` each entry took, `[K]`, and their sums, `[K, D]`.
func clusters(
  _ vectors: Tensor, _ indices: Tensor, entries: Int
) -> (counts: Tensor, sums: Tensor) {
  let counts = indices.binCount(minimumLength: entries).to(vectors.dtype)
  let empty = Tensor.zeros(
    [entries, vectors.size(1)], dtype: vectors.dtype, device: vectors.device)
  return (counts, empty.indexAdding(vectors, at: indices, dim: 0))
}
