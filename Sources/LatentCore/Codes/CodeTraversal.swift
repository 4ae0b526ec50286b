public import Torch

/// Codes that differ from a start in one axis each.
///
/// Shapes: `starts` [s, d]; `places` [axes, steps], the coordinates that each of `axes` takes; the
/// result [s, axes, steps, d] with z_j = `places`[a, k] where j = `axes`[a], and the start's
/// coordinate elsewhere.
public func codeTraversal(from starts: Tensor, axes: [Int], places: Tensor) -> Tensor {
  let (count, size) = (starts.size(0), starts.size(1))
  let identity = Tensor.eye(size, dtype: starts.dtype, device: starts.device)
  let chosen = identity.selected(Tensor(axes).to(starts.device), dim: 0)
    .reshaped([1, axes.count, 1, size])
  let moved = places.to(starts.dtype).reshaped([1, axes.count, places.size(1), 1])
  return starts.reshaped([count, 1, 1, size]) * (1 - chosen) + moved * chosen
}
