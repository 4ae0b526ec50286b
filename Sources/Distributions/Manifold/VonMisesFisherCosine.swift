import Torch

/// The law of w = μᵀx under a von Mises–Fisher distribution: p(w) ∝ e^(κw) (1 − w²)^((d − 3)/2).
enum VonMisesFisherCosine {
  /// Draws by Wood's rejection sampler, float64 of the shape of `concentration`.
  ///
  /// Each round proposes for every place; more than two of three proposals are accepted, so that
  /// the rounds grow with the logarithm of the count.
  static func draw(
    concentration kappa: Tensor, dimension: Int, using generator: Generator
  ) -> Tensor {
    let m = Double(dimension - 1)
    let b = m / (2 * kappa + sqrt(4 * squared(kappa) + m * m))
    let x0 = (1 - b) / (1 + b)
    let bound = kappa * x0 + m * log1p(-squared(x0))
    let half = Tensor.full(like: kappa, 0.5 * m)
    var result = Tensor.zeros(like: kappa)
    var missing = result .== 0
    while missing.any().item() == 1 {
      let g = Tensor.standardGamma(half, using: generator)
      let h = Tensor.standardGamma(half, using: generator)
      let z = g / (g + h)
      let w = (1 - (1 + b) * z) / (1 - (1 - b) * z)
      let u = uniformNoise(kappa.shape, using: generator, dtype: .float64)
      let accepted = (kappa * w + m * log1p(-x0 * w) - bound .>= log(u)) .& missing
      result = result.replacing(with: w, where: accepted)
      missing = missing .& .!accepted
    }
    return result
  }

  /// dw/dκ = −(∂F/∂κ)/p(w), the derivative that keeps w at its quantile.
  ///
  /// With w = cos φ it is ± sin φ ∫ (cos θ − A) p(θ)/p(φ) dθ over the angles on one side of φ, since
  /// both sides sum to zero (A = κ `resultantRatio`); the side away from the mode is taken, where p falls off, and cut at
  /// twelve standard deviations. Gauss–Legendre with 64 points leaves errors below 10⁻⁸.
  static func slope(
    _ w: Tensor, concentration kappa: Tensor, resultantRatio: Tensor, dimension: Int
  ) -> Tensor {
    let k = Double(dimension - 2)
    let length = kappa * resultantRatio
    let phi = acos(w.clamped(min: -1, max: 1))
    let towardsMean = w .> length
    let room = (Double.pi - phi).replacing(with: phi, where: towardsMean)
    let width = minimum(room, 12 * rsqrt((kappa * length + k).clamped(min: 1e-3)))
    let direction = Tensor.ones(like: w).replacing(with: -1, where: towardsMean)
    var total = Tensor.zeros(like: w)
    let sine = sin(phi).clamped(min: 1e-150)
    let nodes = GaussLegendre.nodes.scalars(as: Double.self)
    let weights = GaussLegendre.weights.scalars(as: Double.self)
    for (node, weight) in zip(nodes, weights) {
      let theta = phi + direction * width * node
      let exponent = kappa * (cos(theta) - w) + k * log((sin(theta) / sine).clamped(min: 1e-300))
      total += weight * (cos(theta) - length) * exp(exponent)
    }
    return -direction * sine * width * total
  }
}
