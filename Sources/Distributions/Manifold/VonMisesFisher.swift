public import Torch

/// The von Mises–Fisher distribution on the unit sphere of R^d, of mean direction μ and
/// concentration κ.
///
/// p(x) = C(κ) exp(κ μᵀx) by area on the sphere, C(κ) = κ^ν/((2π)^(d/2) I_ν(κ)) with ν = d/2 − 1 and
/// the modified Bessel function I. Uniform at κ = 0. Bessel functions are taken in float64 at every
/// type, without overflow at any d and κ. Draws follow Wood's rejection sampler; gradients in κ are
/// implicit, −(∂F/∂κ)/(∂F/∂w) of the law F of w = μᵀx by quadrature, and so without bias, where the
/// sampler's own path would leave out the acceptance step; they can be taken once, not twice.
/// Source: Davidson et al. 2018, arXiv 1804.00891, section 3 and algorithm 1; Wood 1994, Simulation
/// of the von Mises Fisher distribution; Figurnov et al. 2018, arXiv 1805.08498.
/// SciPy: `scipy.stats.vonmises_fisher`.
public struct VonMisesFisher: ReparameterizedDistribution {
  /// The mean direction μ, unit vectors of shape `batchShape` + [d].
  public let meanDirection: Tensor
  /// The concentration κ ≥ 0, of shape `batchShape`.
  public let concentration: Tensor

  /// From unit vectors [..., d], d at least 2, and concentrations [...]; fails as operators do for
  /// shapes that do not fit.
  public init(meanDirection: Tensor, concentration: Tensor) {
    let name = "VonMisesFisher(meanDirection:concentration:)"
    checkVector(name, meanDirection)
    checkVector(name, concentration, rank: 0)
    let d = meanDirection.shape.last ?? 0
    let batch = broadcastShape(Array(meanDirection.shape.dropLast()), concentration.shape)
    if batch == nil || d < 2 {
      fail(
        name, [meanDirection, concentration],
        "expected [..., d] with d at least 2 and concentrations that broadcast with [...]")
    }
    let shape = batch ?? concentration.shape
    self.concentration = concentration.broadcast(to: shape)
    self.meanDirection = batch == nil ? meanDirection : meanDirection.broadcast(to: shape + [d])
  }

  /// The dimension d of the space around the sphere.
  public var dimension: Int { meanDirection.size(-1) }
  /// The shape of the concentrations.
  public var batchShape: [Int] { concentration.shape }
  /// [d].
  public var eventShape: [Int] { [dimension] }
  /// Unit vectors.
  public var support: Constraint { .unitVector }
  /// μ and κ.
  public var parameters: [DistributionParameter] {
    [
      .init("meanDirection", meanDirection, .unitVector),
      .init("concentration", concentration, .nonNegative),
    ]
  }
  /// The same distribution without the history of its parameters.
  public func detached() -> VonMisesFisher {
    VonMisesFisher(
      meanDirection: meanDirection.detached(), concentration: concentration.detached())
  }

  private var order: Double { 0.5 * Double(dimension) - 1 }
  private var wideConcentration: Tensor { concentration.to(.float64) }

  /// log C(κ), float64.
  private var logNormalizer: Tensor {
    -BesselI.logScaled(order: order, concentration) - 0.5 * Double(dimension) * logTwoPi
  }

  /// A(κ)/κ with the mean resultant length A = I_(ν+1)(κ)/I_ν(κ), float64.
  private var resultantRatio: Tensor { BesselI.ratio(order: order, concentration) }

  /// A(κ) = ‖E x‖, of shape `batchShape`.
  public var meanResultantLength: Tensor {
    (wideConcentration * resultantRatio).to(concentration.dtype)
  }

  /// w μ + √(1 − w²) v, reflected from the first axis to μ, with v uniform across.
  public func sample(_ sampleShape: [Int], using generator: Generator) -> Tensor {
    let shape = sampleShape + batchShape
    let dtype = concentration.dtype
    let w = cosines(shape, using: generator).to(dtype).unsqueezed(dim: -1)
    let noise = Tensor.randn(shape + [dimension - 1], using: generator, dtype: dtype)
    let tangent = noise / noise.norm(dims: [-1], keepDim: true)
    let across = sqrt(((1 - w) * (1 + w)).clamped(min: 1e-30))
    return reflected(concatenated([w, across * tangent], dim: -1))
  }

  /// The Householder reflection that takes the first axis to μ.
  private func reflected(_ x: Tensor) -> Tensor {
    let axis = Tensor.eye(dimension, dtype: x.dtype, device: x.device)[0]
    let difference = axis - meanDirection
    // Zero if μ is the axis itself: then there is nothing to reflect.
    let square = squared(difference).sum(dim: -1, keepDim: true).clamped(min: 1e-30)
    return x - 2 * difference * (x * difference).sum(dim: -1, keepDim: true) / square
  }

  private func cosines(_ shape: [Int], using generator: Generator) -> Tensor {
    let kappa = wideConcentration.broadcast(to: shape)
    let d = dimension
    let w = withoutGradients {
      VonMisesFisherCosine.draw(concentration: kappa, dimension: d, using: generator)
    }
    guard kappa.requiresGradient else { return w }
    let slope = withoutGradients {
      VonMisesFisherCosine.slope(
        w, concentration: wideConcentration, resultantRatio: resultantRatio, dimension: d)
    }
    // Adds exactly zero to the value.
    return w + slope * (kappa - kappa.detached())
  }

  /// κ μᵀx + log C(κ) in nats.
  public func logProbability(_ value: Tensor) -> Tensor {
    // κ (μᵀx − 1) and log C + κ apart, because both sides grow with κ.
    let cosine = (meanDirection * value).sum(dim: -1)
    let constant = (logNormalizer + wideConcentration).to(concentration.dtype)
    return concentration * (cosine - 1) + constant
  }

  /// κ A − κ′ A μᵀμ′ + log C(κ) − log C(κ′) in nats.
  public func klDivergence(to q: VonMisesFisher) -> Tensor {
    let cosine = (meanDirection * q.meanDirection).sum(dim: -1).to(.float64)
    let length = wideConcentration * resultantRatio
    let pull = length * (wideConcentration - q.wideConcentration * cosine)
    return (pull + logNormalizer - q.logNormalizer).clamped(min: 0).to(concentration.dtype)
  }

  /// κ A + log C(κ) + log |S^(d−1)| in nats, the divergence from the uniform distribution.
  public func klDivergence(to q: HypersphericalUniform) -> Tensor {
    let length = wideConcentration * resultantRatio
    let value = wideConcentration * length + logNormalizer + q.logArea
    let shape = broadcastShape(batchShape, q.batchShape) ?? batchShape
    return value.clamped(min: 0).to(concentration.dtype).broadcast(to: shape)
  }
}

extension VonMisesFisher: DistributionWithMoments, DistributionWithEntropy {
  /// A(κ) μ.
  public var mean: Tensor { meanResultantLength.unsqueezed(dim: -1) * meanDirection }

  /// (A/κ)(1 − μᵢ²) + (1 − (d − 1) A/κ − A²) μᵢ² of each component.
  public var variance: Tensor {
    let ratio = resultantRatio
    let along = 1 - Double(dimension - 1) * ratio - squared(wideConcentration * ratio)
    let square = squared(meanDirection)
    let across = ratio.to(square.dtype).unsqueezed(dim: -1) * (1 - square)
    return across + along.to(square.dtype).unsqueezed(dim: -1) * square
  }

  /// −log C(κ) − κ A in nats.
  public func entropy() -> Tensor {
    let moved = squared(wideConcentration) * resultantRatio
    return (-logNormalizer - moved).to(concentration.dtype)
  }
}
