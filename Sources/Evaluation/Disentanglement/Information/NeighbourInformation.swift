import Torch

/// Mutual information of real codes with classes, from distances to nearest neighbours, in nats.
///
/// For example i of a class with N_c members, r_i is the distance to its k-th neighbour in the class
/// and m_i the number of all examples nearer than r_i, itself included: I = ψ(N) + ⟨ψ(k)⟩ − ⟨ψ(N_c)⟩
/// − ⟨ψ(m)⟩, 0 if negative. A class smaller than k + 1 uses all it has; a class of one is left out.
/// Codes are blurred by 1e−10 of their size first, so that equal numbers are apart. **Source**:
/// Ross 2014, PLoS ONE 9(2) e87357. scikit-learn: `mutual_info_classif`.
enum NeighbourInformation {
  /// I of each code of [n, d] with the classes [n]: [d].
  static func information(
    codes: Tensor, classes: Tensor, count: Int, neighbours: Int, using generator: Generator
  ) -> Tensor {
    let scale = abs(codes).mean(dims: [0]).clamped(min: 1)
    let noise = Tensor.randn(codes.shape, using: generator, dtype: .float64)
    let values = (codes + noise * scale * 1e-10).transposed(0, 1).contiguous()
    let members = (0..<count).map { (classes .== $0).nonzero().squeezed(dim: 1) }
      .filter { $0.count > 1 }
    let kept = members.reduce(0) { $0 + $1.count }
    guard kept > 0 else { return Tensor.zeros([codes.size(1)], dtype: .float64) }
    let all = values.selected(concatenated(members), dim: 1).sorted(dim: 1).values
    var total = Tensor.zeros([codes.size(1)], dtype: .float64)
    for rows in members {
      let k = min(neighbours, rows.count - 1)
      let own = values.selected(rows, dim: 1).sorted(dim: 1).values.contiguous()
      // Just below the k-th distance, so that the neighbour that defines it is not counted.
      let distance = Self.distance(own, to: k)
      let radius = distance - 1e-15 * (abs(own) + distance)
      let above = all.insertionIndices(of: (own + radius).contiguous(), right: true)
      let below = all.insertionIndices(of: (own - radius).contiguous())
      let near = (above - below).to(.float64).clamped(min: 1)
      let size = Double(rows.count)
      let terms = digamma(Tensor([Double(k), size], dtype: .float64)).scalars(as: Double.self)
      total = total + size * (terms[0] - terms[1]) - digamma(near).sum(dim: 1)
    }
    let first = digamma(Tensor(Double(kept), dtype: .float64))
    return (first + total / Double(kept)).clamped(min: 0)
  }

  /// The distance of each number of sorted rows [d, m] to its k-th neighbour in the row.
  private static func distance(_ rows: Tensor, to k: Int) -> Tensor {
    let (codes, count) = (rows.size(0), rows.size(1))
    let far = Tensor.full([codes, k], Double.infinity, dtype: .float64)
    let framed = concatenated([-far, rows, far], dim: 1)
    // The k nearest are neighbours in order: a of them below and k − a above.
    return (0...k).map { a in
      let low = framed[.all, (k - a)..<(k - a + count)]
      let high = framed[.all, (2 * k - a)..<(2 * k - a + count)]
      return maximum(rows - low, high - rows)
    }.reduce(Tensor.full(like: rows, Double.infinity), minimum)
  }
}
