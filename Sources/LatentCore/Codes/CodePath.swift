public import Torch

/// A way from one code to another.
public enum CodePath: String, Sendable, CaseIterable {
  /// (1 − t) a + t b.
  case linear
  /// (sin((1 − t) Ω) a + sin(t Ω) b) / sin Ω, Ω the angle between a and b: on a sphere at constant
  /// speed when both have one length, as codes of a normal prior nearly do. Where both point the same
  /// or the opposite way (sin Ω < 1e-6) the straight line.
  ///
  /// **Source**: Shoemake 1985, section 3.3; for codes White 2016, arXiv:1609.04468, section 2.1.
  case spherical

  /// The codes at `steps` equal distances of t from 0 to 1, both ends included.
  ///
  /// Shapes: `start` and `end` of one floating-point shape s; the result [steps] + s.
  public func callAsFunction(from start: Tensor, to end: Tensor, steps: Int) -> Tensor {
    let (a, b) = (start.to(.float64), end.to(.float64))
    let places = Tensor.linspace(0, 1, count: steps, dtype: .float64, device: start.device)
    let t = places.reshaped([steps] + [Int](repeating: 1, count: start.shape.count))
    return weighted(a, b, t).to(start.dtype)
  }

  private func weighted(_ a: Tensor, _ b: Tensor, _ t: Tensor) -> Tensor {
    let straight = (1 - t) * a + t * b
    guard self == .spherical else { return straight }
    let cosine = (a * b).sum() / (a.norm() * b.norm())
    let angle = acos(cosine.clamped(min: -1, max: 1))
    let scale = sin(angle)
    guard scale.item() >= 1e-6 else { return straight }
    return (sin((1 - t) * angle) * a + sin(t * angle) * b) / scale
  }
}
