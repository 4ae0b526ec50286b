public import Torch

/// A code told by its similarities to the codes of a fixed set of anchors: r_j(x) = sim(z(x), z(a_j)).
///
/// Encoders that differ by a map which the similarity does not see have the same relative coordinates, so that
/// what was trained on those of one reads those of the other. **Shapes**: codes `[n, d]`, anchors `[k, d]` → `[n, k]`.
/// **Source**: Moschella et al. 2023, arXiv 2209.15430, section 3; distances: Cannistraci et al. 2024, arXiv
/// 2310.01211, section 3.
public enum RelativeCoordinates: String, Sendable, CaseIterable, ConfigValue {
  /// z·a/(‖z‖ ‖a‖): unchanged by rotations, reflections and rescaling.
  case cosine
  /// The cosine after both were centred at the anchors' mean: unchanged by moves of the origin as well.
  case centredCosine = "centred-cosine"
  /// z·a: unchanged by rotations and reflections.
  case inner
  /// −‖z − a‖: unchanged by rotations, reflections and moves of the origin.
  case euclidean
  /// −Σ|z_d − a_d|: unchanged by permutations and signs of the axes and moves of the origin.
  case manhattan
  /// −max|z_d − a_d|: unchanged as `manhattan`.
  case chebyshev

  /// The similarities of codes `[n, d]` to anchors `[k, d]`, `[n, k]`, differentiable in both.
  public func callAsFunction(_ codes: Tensor, anchors: Tensor) -> Tensor {
    switch self {
    case .inner: return matmul(codes, anchors.transposed())
    case .cosine: return matmul(Self.directions(codes), Self.directions(anchors).transposed())
    case .centredCosine:
      let centre = anchors.mean(dim: 0)
      return RelativeCoordinates.cosine(codes - centre, anchors: anchors - centre)
    case .euclidean:
      // The root has no slope at 0, where a code is its own anchor.
      return -sqrt(Self.squaredDistances(codes, anchors).clamped(min: 1e-12))
    case .manhattan: return -abs(Self.differences(codes, anchors)).sum(dim: 2)
    case .chebyshev: return -abs(Self.differences(codes, anchors)).max(dims: [2])
    }
  }

  /// Rows of length 1; a row of zeros stays one. PyTorch: `torch.nn.functional.normalize`.
  private static func directions(_ rows: Tensor) -> Tensor {
    rows / sqrt(squared(rows).sum(dim: 1, keepDim: true)).clamped(min: 1e-12)
  }

  private static func differences(_ a: Tensor, _ b: Tensor) -> Tensor {
    a.unsqueezed(dim: 1) - b.unsqueezed(dim: 0)
  }

  private static func squaredDistances(_ a: Tensor, _ b: Tensor) -> Tensor {
    squared(differences(a, b)).sum(dim: 2)
  }
}
