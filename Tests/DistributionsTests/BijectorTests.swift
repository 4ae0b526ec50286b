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
