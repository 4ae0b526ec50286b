import Testing
import Torch
import _TestSupport

@testable import Distributions

@Suite struct SphereTests {
  @Test func besselFunctionsEqualArbitraryPrecision() throws {
    let expected = try #require(try Case.goldenFile().tensors["bessel"])
    let x = Tensor([0, 1e-3, 1, 30, 1000, 1e5], dtype: .float64)
    let orders = [0.0, 0.5, 9, 61, 249, 1500]
    for (row, order) in orders.enumerated() {
      expectClose(
        BesselI.logScaled(order: order, x), expected[row], relative: 2e-12, absolute: 2e-11,
        "order \(order)")
    }
  }

  @Test(arguments: [0.0, 1.5, 80]) func besselSlopesAreThoseOfDifferences(_ order: Double) {
    let x = Tensor([0.1, 2, 50], dtype: .float64)
    expectGradientsMatchDifferences(at: [x]) { BesselI.logScaled(order: order, $0[0]).sum() }
    let second = gradient(at: x) { outer in
      gradient(at: outer, createGraph: true) {
        BesselI.logScaled(order: order, $0).sum()
      }.sum()
    }
    let numeric = centralDifferences(
      of: { inputs in
        gradient(at: inputs[0]) { BesselI.logScaled(order: order, $0).sum() }.sum()
      }, at: [x], position: 0)
    expectClose(second, numeric, relative: 1e-6, absolute: 1e-8)
  }

  @Test func gaussLegendreIntegratesPolynomials() {
    let x = GaussLegendre.nodes
    expectClose((GaussLegendre.weights * pow(x, 20)).sum(), Tensor(1.0 / 21, dtype: .float64))
    expectClose(GaussLegendre.weights.sum(), Tensor(1.0, dtype: .float64))
  }

  /// On the sphere of R³ the quantile function is known: w = 1 + log(u + (1 − u) e^(−2κ))/κ.
  @Test func implicitGradientsAreThoseOfTheQuantileFunction() {
    let u = Tensor([1e-6, 0.01, 0.2, 0.5, 0.9, 0.999, 1 - 1e-9], dtype: .float64)
    for kappa in [0.05, 1.0, 10, 300] {
      func quantile(_ k: Tensor) -> Tensor { 1 + log(u + (1 - u) * exp(-2 * k)) / k }
      let k = Tensor.full([7], kappa, dtype: .float64)
      let expected = gradient(at: k) { quantile($0).sum() }
      let ratio = BesselI.ratio(order: 0.5, k)
      let found = VonMisesFisherCosine.slope(
        quantile(k), concentration: k, resultantRatio: ratio, dimension: 3)
      expectClose(found, expected, relative: 1e-6, absolute: 1e-9, "κ = \(kappa)")
    }
  }

  @Test func areasAreThoseOfTheFormula() throws {
    let expected = try #require(try Case.goldenFile().tensors["uniform.area"])
    for (index, d) in [2, 3, 20, 500].enumerated() {
      let law = HypersphericalUniform(dimension: d, dtype: .float64)
      expectClose(law.entropy(), expected[index])
      expectClose(law.logProbability(law.sample(using: Generator(seed: 1))), -expected[index])
    }
  }

  @Test func concentrationZeroIsUniform() {
    let direction = Tensor([0.6, 0, 0.8], dtype: .float64)
    let law = VonMisesFisher(meanDirection: direction, concentration: Tensor(0.0, dtype: .float64))
    let uniform = HypersphericalUniform(dimension: 3, dtype: .float64)
    expectClose(law.logProbability(direction), uniform.logProbability(direction))
    expectClose(klDivergence(law, uniform), Tensor(0.0, dtype: .float64))
  }

  @Test func drawsAndGradientsLeaveNothingAlive() {
    expectNoTensorLeaks {
      let kappa = Tensor([1.0, 30])
      _ = gradient(at: kappa) {
        let law = VonMisesFisher(meanDirection: Tensor([0.6, 0, 0.8]), concentration: $0)
        let (x, logProbability) = law.sampleWithLogProbability([3], using: Generator(seed: 1))
        return x.sum() + logProbability.sum()
      }
    }
  }
}

@Suite struct LorentzTests {
  static var velocity: Tensor {
    .randn([6, 3], using: Generator(seed: 61), dtype: .float64)
  }
  static var point: Tensor {
    Lorentz.expAtOrigin(.randn([6, 3], using: Generator(seed: 62), dtype: .float64))
  }

  @Test func mapsAreInverseAndKeepDistances() {
    let v = Self.velocity
    let end = Lorentz.expMap(v, transportedTo: Self.point)
    #expect(Constraint.hyperboloid.contains(end).all().item() == 1)
    expectClose(Lorentz.logMap(end, transportedFrom: Self.point), v, relative: 1e-8, absolute: 1e-8)
    expectClose(Lorentz.distance(end, Self.point), v.norm(dims: [-1]), relative: 1e-9)
    expectClose(Lorentz.logAtOrigin(Lorentz.expAtOrigin(v)), v)
    let origin = Lorentz.origin(dimension: 3, dtype: .float64)
    expectClose(Lorentz.expMap(v, transportedTo: origin), Lorentz.expAtOrigin(v))
  }

  @Test func transportKeepsProducts() {
    let origin = Lorentz.origin(dimension: 3, dtype: .float64)
    let zero = Tensor.zeros([6, 1], dtype: .float64)
    let u = concatenated([zero, Self.velocity], dim: -1)
    let v = concatenated([zero, Self.velocity.flipped(dims: [0])], dim: -1)
    let moved = [u, v].map { Lorentz.transported($0, from: origin, to: Self.point) }
    expectClose(Lorentz.inner(moved[0], moved[1]), Lorentz.inner(u, v), relative: 1e-9)
    let across = Lorentz.inner(moved[0], Self.point)
    expectClose(across, .zeros(like: across), absolute: 1e-9)
  }

  @Test func drawsKnowTheirLogProbability() {
    let law = WrappedHyperbolicNormal(
      location: Self.point, standardDeviation: .full([3], 0.7, dtype: .float64))
    let (x, found) = law.sampleWithLogProbability([20], using: Generator(seed: 63))
    expectClose(found, law.logProbability(x), relative: 1e-7, absolute: 1e-7)
  }

  /// ∫ p dA = 1 on the hyperbolic plane, dA = dx dy/√(1 + x² + y²) in space coordinates.
  @Test func theDensityIntegratesToOne() {
    let axis = sinh(Tensor.linspace(-6, 6, count: 601, dtype: .float64))
    let steps = sqrt(1 + squared(axis)) * (12.0 / 600)
    let plane = stacked(meshgrid([axis, axis]), dim: -1)
    let point = Lorentz.lifted(plane)
    let law = WrappedHyperbolicNormal(
      location: Lorentz.expAtOrigin(Tensor([0.5, -0.3], dtype: .float64)),
      standardDeviation: Tensor([0.6, 0.9], dtype: .float64))
    let mass = exp(law.logProbability(point)) / point[.ellipsis, 0] * outer(steps, steps)
    expectClose(mass.sum(), Tensor(1.0, dtype: .float64), relative: 1e-6)
  }
}
