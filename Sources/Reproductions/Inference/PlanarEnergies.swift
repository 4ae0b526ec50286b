import Distributions
import LatentNN
import Torch

/// The four densities exp(−U(z)) of the plane that planar flows are tried on, as one batch.
///
/// U₂ to U₄ do not fall off along z₁, so each is closed by a wall ½((|z₁| − 4)₊/0.4)². **Shapes**: z `[4, n, 2]` → U
/// `[4, n]`. **Source**: Rezende and Mohamed 2015, arXiv 1505.05770, table 1.
enum PlanarEnergies {
  static func values(_ z: Tensor) -> Tensor {
    let parts = z.unbound(dim: -1)
    let (first, second) = (parts[0], parts[1])
    func bell(_ x: Tensor, _ width: Double) -> Tensor { -0.5 * squared(x / width) }
    let radius = sqrt(squared(first) + squared(second) + 1e-12)
    let ring = -bell(radius - 2, 0.4)
    let modes = logAddExp(bell(first - 2, 0.6), bell(first + 2, 0.6))
    let wave = second - sin(first * (Double.pi / 2))
    let dip = 3 * exp(bell(first - 1, 0.6))
    let step = 3 * sigmoid((first - 1) / 0.3)
    let wall = -bell((abs(first) - 4).clamped(min: 0), 0.4)
    return stacked([
      (ring - modes)[0],
      (wall - bell(wave, 0.4))[1],
      (wall - logAddExp(bell(wave, 0.35), bell(wave + dip, 0.35)))[2],
      (wall - logAddExp(bell(wave, 0.4), bell(wave + step, 0.35)))[3],
    ])
  }

  /// log ∫ exp(−U) by the trapezoidal rule on [−8, 8]² with steps of 1/50, `[4]`.
  static func logNormaliser() -> Tensor {
    let axis = Tensor.linspace(-8, 8, count: 801, dtype: .float64)
    let grid = stacked(meshgrid([axis, axis]).map { $0.flattened() }, dim: 1)
    let energies = values(grid.expanded([4] + grid.shape))
    return (-energies).logSumExp(dim: 1) + 2 * log(Tensor(0.02, dtype: .float64)).item()
  }
}

/// Flows of planar maps side by side, each from a Gaussian of its own to one of the four energies, several to each.
///
/// Planar maps get stuck: which of several initial weights does best is chosen at the end.
final class PlanarFit: Module {
  let mean: Parameter
  let logVariance: Parameter
  let u: [Parameter]
  let w: [Parameter]
  let b: [Parameter]

  /// Flows an energy.
  static let restarts = 8

  init(maps: Int, using generator: Generator) {
    let flows = 4 * Self.restarts
    func draw(_ shape: [Int]) -> Parameter {
      Parameter(Tensor.randn(shape, using: generator) * 0.5)
    }
    mean = Parameter(Tensor.zeros([flows, 1, 2]))
    logVariance = Parameter(Tensor.zeros([flows, 1, 2]))
    u = (0..<maps).map { _ in draw([flows, 1, 2]) }
    w = (0..<maps).map { _ in draw([flows, 1, 2]) }
    b = (0..<maps).map { _ in draw([flows, 1]) }
  }

  /// log q(z) + β U(z) at `count` draws of each flow, `[4, restarts, count]`; β = 1 is the free energy.
  func freeEnergy(_ count: Int, inverseTemperature: Double, using generator: Generator) -> Tensor {
    let base = Normal(mean: mean.value, logVariance: logVariance.value)
    let noise = Tensor.randn([4 * Self.restarts, count, 2], using: generator)
    let start = base.mean + base.standardDeviation * noise
    let maps = u.indices.map { PlanarBijector(u: u[$0].value, w: w[$0].value, b: b[$0].value) }
    let (z, determinant) = ChainBijector(maps).forwardWithLogDeterminant(start)
    let density = base.logProbability(start).sum(dim: -1) - determinant
    let energies = PlanarEnergies.values(z.reshaped([4, Self.restarts * count, 2]))
    return (density.reshaped(energies.shape) + inverseTemperature * energies)
      .reshaped([4, Self.restarts, count])
  }
}
