public import Torch

/// `count` directions drawn uniformly from the unit sphere, `[count, d]`.
public func randomDirections(
  _ count: Int, dimensions d: Int, using generator: Generator, dtype: DType = .float32
) -> Tensor {
  let normal = Tensor.randn([count, d], using: generator, dtype: dtype)
  return normal / normal.norm(dims: [1], keepDim: true)
}

/// SW_p^p = mean over directions θ of W_p^p between the projections x·θ and y·θ of two samples `[n, d]` and `[m, d]`: a
/// scalar, differentiable in both, in the data's unit to the power `order`.
///
/// The distance in one dimension is exact for samples of any two sizes: it is the integral of |F⁻¹(u) − G⁻¹(u)|^p over the
/// two step functions. The power is what training minimises, since its gradient exists where the samples agree;
/// `slicedWassersteinDistance` is the distance itself. **Shapes**: `directions` `[L, d]`, of unit length. Fails as operators
/// do for samples or directions of different width or type. Source: Bonneel et al. 2015, Sliced and Radon Wasserstein
/// barycenters of measures; Kolouri et al. 2018, arXiv 1804.01947, equation 12.
public func slicedWassersteinPower(
  _ x: Tensor, _ y: Tensor, directions: Tensor, order: Double = 2
) -> Tensor {
  guard checkSamples("slicedWassersteinPower", x, y) else { return Tensor(0.0) }
  guard directions.rank == 2, directions.size(1) == x.size(1), directions.dtype == x.dtype else {
    return fail(
      "slicedWassersteinPower", [x, directions],
      "expected directions [L, \(x.size(1))] of the samples' type")
  }
  guard order >= 1 else {
    return fail("slicedWassersteinPower", [], "expected an order of at least 1, found \(order)")
  }
  let a = matmul(directions, x.transposed()).sorted(dim: 1).values
  let b = matmul(directions, y.transposed()).sorted(dim: 1).values
  func cost(_ gap: Tensor) -> Tensor { order == 2 ? squared(gap) : pow(abs(gap), order) }
  if a.shape == b.shape { return cost(a - b).mean() }
  let steps = QuantileSteps(x.size(0), y.size(0))
  let gap =
    a.selected(Tensor(steps.left).to(x.device), dim: 1)
    - b.selected(Tensor(steps.right).to(x.device), dim: 1)
  let widths = Tensor(steps.widths, dtype: x.dtype).to(x.device)
  return (cost(gap) * widths).sum(dim: 1).mean()
}

/// SW_p = (mean over directions of W_p^p)^(1/p), in the data's unit; see `slicedWassersteinPower`.
///
/// For two laws that differ by a shift δ and order 2 it is ‖δ‖/√d in the mean over directions. PyTorch has none;
/// POT: `ot.sliced_wasserstein_distance`.
public func slicedWassersteinDistance(
  _ x: Tensor, _ y: Tensor, directions: Tensor, order: Double = 2
) -> Tensor {
  pow(slicedWassersteinPower(x, y, directions: directions, order: order), 1 / order)
}

/// The intervals of [0, 1] on which the quantile functions of n and of m sorted numbers are both constant.
struct QuantileSteps {
  /// Which of the n numbers, for each interval.
  private(set) var left: [Int] = []
  /// Which of the m numbers.
  private(set) var right: [Int] = []
  /// The lengths, which add up to 1.
  private(set) var widths: [Double] = []

  init(_ n: Int, _ m: Int) {
    var (i, j, position) = (0, 0, 0)
    // Positions are counted in units of 1/(n m), so that ends that coincide are found exactly.
    while i < n, j < m {
      let end = Swift.min((i + 1) * m, (j + 1) * n)
      left.append(i)
      right.append(j)
      widths.append(Double(end - position) / Double(n * m))
      position = end
      if position == (i + 1) * m { i += 1 }
      if position == (j + 1) * n { j += 1 }
    }
  }
}
