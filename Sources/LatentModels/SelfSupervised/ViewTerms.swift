import LatentCore
public import Torch

/// The standard deviation of vectors of length 1: √(Σ_j Var_i ẑ_ij) = √(1 − ‖mean_i ẑ_i‖²), ẑ = z/‖z‖.
///
/// 0 where all codes are one (collapse), 1 where they lie evenly around the sphere. **Shapes**: z `[n, d]` → a
/// scalar. **Source**: after Chen and He 2021, arXiv 2011.10566, section 4.1, who take the mean of the
/// coordinates' deviations.
public func sphericalDeviation(_ codes: Tensor) -> Tensor {
  let centre = normalized(codes).mean(dim: 0)
  return sqrt((1 - squared(centre).sum()).clamped(min: 0))
}

/// The share of examples whose first view is nearer to its own second view than to any other's, by cosine.
///
/// 1/n by chance, so that a collapsed encoder has no more. **Shapes**: `[n, d]` and `[n, d]` → a scalar.
/// **Source**: the contrastive accuracy of Chen et al. 2020, arXiv 2002.05709.
public func viewAccuracy(_ first: Tensor, _ second: Tensor) -> Tensor {
  let similarities = matmul(normalized(first), normalized(second).transposed(0, 1))
  let own = Tensor.arange(first.size(0), device: first.device)
  return (similarities.argMax(dim: 1) .== own).to(.float32).mean()
}

extension Terms {
  /// Writes down how well views are matched, and how far features and projections are from collapse.
  ///
  /// `view-accuracy` is that of the features, which are what is kept; `feature-deviation` and
  /// `projection-deviation` are those of the first view.
  mutating func watchViews(
    _ first: (features: Tensor, projection: Tensor),
    _ second: (features: Tensor, projection: Tensor)
  ) {
    let parts = withoutGradients {
      (
        viewAccuracy(first.features, second.features), sphericalDeviation(first.features),
        sphericalDeviation(first.projection)
      )
    }
    watch("view-accuracy", parts.0, unit: .plain)
    watch("feature-deviation", parts.1, unit: .plain)
    watch("projection-deviation", parts.2, unit: .plain)
  }
}
