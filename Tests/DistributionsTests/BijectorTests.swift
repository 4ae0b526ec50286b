import Distributions
import Testing
import Torch
import _TestSupport

@Suite struct BijectorTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable () -> any Bijector
    var testDescription: String { name }
  }

  static let shift = [0.3, -1.0, 2.0]

  static let rows: [Row] = [
    Row(name: "affine") {
      AffineBijector(
        shift: Tensor(shift, dtype: .float64), scale: Tensor([2, -0.5, 0.1], dtype: .float64))
    },
    Row(name: "exp") { ExpBijector() },
    Row(name: "softplus") { SoftplusBijector() },
    Row(name: "sigmoid") { SigmoidBijector() },
    Row(name: "tanh") { TanhBijector() },
    Row(name: "permutation") { PermutationBijector(Tensor([2, 0, 1])) },
    Row(name: "inverse") { SoftplusBijector().inverted.inverted },
    Row(name: "planar") {
      PlanarBijector(
        u: Tensor([-2, 0.5, 1.5], dtype: .float64), w: Tensor([1, -0.3, 0.8], dtype: .float64),
        b: Tensor(0.4, dtype: .float64))
    },
    // wᵀu = −30: the constraint is what keeps it invertible.
    Row(name: "planar, barely") {
      PlanarBijector(
        u: Tensor([-3, -3, -4.5], dtype: .float64), w: Tensor([2, 3, 3.5], dtype: .float64),
        b: Tensor(-0.1, dtype: .float64))
    },
    Row(name: "radial") {
      RadialBijector(
        center: Tensor([0.1, -0.2, 0.3], dtype: .float64), a: Tensor(-1.0, dtype: .float64),
        strength: Tensor(2.0, dtype: .float64))
    },
    Row(name: "radial, pushing") {
      RadialBijector(
        center: Tensor([0.1, -0.2, 0.3], dtype: .float64), a: Tensor(1.0, dtype: .float64),
        strength: Tensor(-4.0, dtype: .float64))
    },
    Row(name: "spline") {
      RationalQuadraticSplineBijector(
        Tensor.randn([3, 14], using: Generator(seed: 5), dtype: .float64), bound: 1.5)
    },
    Row(name: "spline of one bin") {
      RationalQuadraticSplineBijector(Tensor.zeros([3, 2], dtype: .float64), bound: 2)
    },
    Row(name: "chain") {
      ChainBijector([TanhBijector(), PermutationBijector(Tensor([1, 2, 0])), ExpBijector()])
    },
  ]

  @Test(arguments: rows) func inverseUndoesForward(_ row: Row) {
    let map = row.make()
    let x = Tensor.randn([5, 3], using: Generator(seed: 21), dtype: .float64)
    expectClose(map.inverse(map.forward(x)), x, row.name)
    let (y, forward) = map.forwardWithLogDeterminant(x)
    let (back, inverse) = map.inverseWithLogDeterminant(y)
    expectClose(y, map.forward(x))
    expectClose(back, x, relative: 1e-9, absolute: 1e-9)
    expectClose(inverse, forward, relative: 1e-9, absolute: 1e-9)
    expectClose(forward, map.logDeterminant(x))
    #expect(forward.shape == Array(x.shape.dropLast(map.eventDims)))
  }

  @Test(arguments: rows) func logDeterminantIsThatOfTheJacobian(_ row: Row) {
    let map = row.make()
    let x = Tensor.randn([3], using: Generator(seed: 22), dtype: .float64)
    let rows = (0..<3).map { index in
      let vector = Tensor.eye(3, dtype: .float64)[index]
      return vectorJacobianProduct(at: x, vector: vector) { map.forward($0) }.product
    }
    let expected = LinearAlgebra.slogdet(stacked(rows, dim: -1)).logAbsDet
    let found = map.logDeterminant(x)
    expectClose(map.eventDims == 0 ? found.sum() : found, expected, row.name)
  }

  @Test func extremeInputsKeepTheirDeterminants() {
    let x = Tensor([-80.0, 0, 80])
    for row in Self.rows where ["softplus", "sigmoid", "tanh"].contains(row.name) {
      #expect(row.make().logDeterminant(x).isFinite.all().item() == 1, "\(row.name)")
    }
  }

  @Test func drawsKeepTheirLogProbabilityWithoutInverting() {
    let base = Normal(mean: .zeros([4], dtype: .float64), logVariance: .zeros([4], dtype: .float64))
    let law = Transformed(base.independent(), by: ChainBijector([TanhBijector(), ExpBijector()]))
    let (x, found) = law.sampleWithLogProbability([6], using: Generator(seed: 23))
    expectClose(found, law.logProbability(x), relative: 1e-8, absolute: 1e-8)
    #expect(found.shape == [6])
  }

  /// Along one line, far from and near the places where a map is steep or flat.
  @Test(arguments: rows) func inverseUndoesForwardFarOut(_ row: Row) {
    guard ["planar", "radial", "spline"].contains(where: { row.name.hasPrefix($0) }) else { return }
    let map = row.make()
    let x =
      Tensor.linspace(-40, 40, count: 400, dtype: .float64).unsqueezed(dim: 1)
      * Tensor([1, -0.5, 0.25], dtype: .float64)
    expectClose(map.inverse(map.forward(x)), x, relative: 1e-9, absolute: 1e-9, row.name)
  }

  /// Through the numerical root of a planar map too, by the implicit function.
  @Test(arguments: rows) func inversesHaveTheGradientsOfInverses(_ row: Row) {
    guard row.name != "exp", row.name != "sigmoid", row.name != "softplus", row.name != "tanh",
      row.name != "chain", row.name != "inverse"
    else { return }
    let map = row.make()
    let y = map.forward(Tensor.randn([2, 3], using: Generator(seed: 24), dtype: .float64))
    let weights = Tensor.randn([2, 3], using: Generator(seed: 25), dtype: .float64)
    expectGradientsMatchDifferences(at: [y], tolerance: 1e-5, row.name) {
      (map.inverse($0[0]) * weights).sum()
    }
  }

  @Test func parametersOfFlowsHaveGradients() {
    let x = Tensor.randn([4, 2], using: Generator(seed: 26), dtype: .float64)
    func parameters(_ shape: [Int], _ seed: UInt64) -> Tensor {
      Tensor.randn(shape, using: Generator(seed: seed), dtype: .float64)
    }
    func score(_ map: any Bijector, _ x: Tensor, inverse: Bool) -> Tensor {
      let (y, determinant) =
        inverse ? map.inverseWithLogDeterminant(x) : map.forwardWithLogDeterminant(x)
      return (squared(y).sum(dim: -1) + determinant.reshaped([4, -1]).sum(dim: 1)).sum()
    }
    for inverse in [false, true] {
      expectGradientsMatchDifferences(
        at: [parameters([4, 2], 1), parameters([4, 2], 2), parameters([4], 3)], tolerance: 1e-5,
        "planar"
      ) { score(PlanarBijector(u: $0[0], w: $0[1], b: $0[2]), x, inverse: inverse) }
      expectGradientsMatchDifferences(
        at: [parameters([2], 4), parameters([4], 5), parameters([4], 6)], tolerance: 1e-5, "radial"
      ) { score(RadialBijector(center: $0[0], a: $0[1], strength: $0[2]), x, inverse: inverse) }
      expectGradientsMatchDifferences(at: [parameters([2, 11], 7)], tolerance: 1e-5, "spline") {
        score(RationalQuadraticSplineBijector($0[0], bound: 2), x, inverse: inverse)
      }
    }
  }

  /// Far outside of its square a spline is the identity; with no parameters it is everywhere.
  @Test func splinesAreTheIdentityWhereTheyShould() {
    let x = Tensor.linspace(-9, 9, count: 181, dtype: .float64)
    let bent = RationalQuadraticSplineBijector(
      Tensor.randn([11], using: Generator(seed: 27), dtype: .float64), bound: 3)
    let outside = abs(x) .> 3
    expectClose(bent.forward(x).selected(where: outside), x.selected(where: outside))
    #expect(abs(bent.forward(x) - x).max().item() > 0.1)
    #expect(bent.forward(x).differences().min().item() > 0, "rising")
    let straight = RationalQuadraticSplineBijector(Tensor.zeros([11], dtype: .float64))
    expectClose(straight.forward(x), x)
    #expect {
      try withTorchErrors { RationalQuadraticSplineBijector(Tensor.zeros([3])).parameters }
    } throws: {
      "\($0)".hasSuffix("expected 3K − 1 parameters for K bins, found 3")
    }
  }

  @Test func wrongOrdersAndEventsAreOneSentence() {
    #expect {
      try withTorchErrors { PermutationBijector(Tensor([0, 0, 1])).order }
    } throws: {
      "\($0)" == "PermutationBijector of [3] int64: expected the integers 0 to d - 1, once each"
    }
    #expect {
      try withTorchErrors {
        Transformed(StandardNormal([3]), by: PermutationBijector(Tensor([0, 2, 1]))).batchShape
      }
    } throws: { "\($0)".hasSuffix("use independent(1)") }
  }
}
