import Torch

/// Rendered points in the plane or in space, drawn once from a seed and held in memory.
///
/// All sets have as many points of each class as possible, in an order that the seed decides. The
/// first draw gives the classes' order, the following ones positions, the last noise.
public enum PointCloud: Sendable, Hashable {
  /// Two interleaved half circles: (cos t, sin t) and (1 − cos t, ½ − sin t), t uniform in 0 … π.
  case moons
  /// Circles of radius 1, 2, …, `count` around 0, each a class.
  case rings(count: Int)
  /// (t cos t, h, t sin t)/10 with t uniform in 3π/2 … 9π/2 and h in 0 … 2, a sheet rolled up in
  /// space; no classes. As in S. Marsland 2009, «Machine Learning», chapter 6, scaled by 1/10.
  case swissRoll
  /// `count` standard normals scaled by 0.15 around equally spaced points of the unit circle.
  case gaussians(count: Int)

  /// The set's name on the command line.
  public var name: String {
    switch self {
    case .moons: "moons"
    case .rings: "rings"
    case .swissRoll: "swiss-roll"
    case .gaussians: "gaussians"
    }
  }

  /// `count` points [2] or [3] float32 with added normal `noise`, the class as label and the
  /// position on the curve as a continuous factor `t` (with `h` for the roll).
  ///
  /// Throws `DatasetError` for fewer points than classes or negative noise.
  public func dataset(count: Int, noise: Double, seed: UInt64) throws -> TensorDataset {
    guard count >= classCount, count <= 100_000_000, classCount >= 1, noise >= 0, noise.isFinite
    else {
      throw DatasetError(
        .usage, subject: name,
        problem: "expected at least \(max(1, classCount)) points and noise from 0, "
          + "found \(count) and \(noise)",
        remedy: "ask for more points")
    }
    let generator = Generator(seed: seed)
    let classes = Tensor.arange(count).remainder(dividingBy: classCount)
      .selected(.randperm(count, using: generator), dim: 0)
    var (points, factors) = draw(classes, count, generator)
    points = points + Tensor.randn(points.shape, using: generator) * noise
    return try TensorDataset(
      name: name,
      schema: DatasetSchema(
        .vector, shape: [points.size(1)],
        classNames: self == .swissRoll ? nil : (0..<classCount).map(String.init),
        factors: factorList),
      examples: points, labels: self == .swissRoll ? nil : classes, factors: factors)
  }

  private var classCount: Int {
    switch self {
    case .moons: 2
    case .swissRoll: 1
    case .rings(let count), .gaussians(let count): count
    }
  }

  private var factorList: [Factor] {
    switch self {
    case .moons: [Factor(continuous: "t")]
    case .rings: [Factor(continuous: "t", isPeriodic: true)]
    case .swissRoll: [Factor(continuous: "t"), Factor(continuous: "h")]
    case .gaussians(let count): [Factor("component", size: count)]
    }
  }

  private func draw(
    _ classes: Tensor, _ count: Int, _ generator: Generator
  ) -> (points: Tensor, factors: Tensor) {
    let uniform = Tensor.rand([count], using: generator)
    let number = classes.to(.float32)
    switch self {
    case .moons:
      let t = uniform * Double.pi
      let x = cos(t) * (1 - 2 * number) + number
      let y = sin(t) * (1 - 2 * number) + number * 0.5
      return (stacked([x, y], dim: 1), t.unsqueezed(dim: 1))
    case .rings:
      let t = uniform * (2 * Double.pi)
      let radius = number + 1
      return (stacked([radius * cos(t), radius * sin(t)], dim: 1), t.unsqueezed(dim: 1))
    case .swissRoll:
      let t = (uniform * 3 + 1.5) * Double.pi
      let h = Tensor.rand([count], using: generator) * 2
      let points = stacked([t * cos(t) / 10, h, t * sin(t) / 10], dim: 1)
      return (points, stacked([t, h], dim: 1))
    case .gaussians(let components):
      let angle = number * (2 * Double.pi / Double(components))
      let middle = stacked([cos(angle), sin(angle)], dim: 1)
      let scatter = Tensor.randn([count, 2], using: generator) * 0.15
      return (middle + scatter, number.unsqueezed(dim: 1))
    }
  }
}
