import Distributions
import Testing
import Torch
import _TestSupport

/// sampleShape + batchShape + eventShape, and outcomes lie in the support.
@Suite struct ShapeLawTests {
  @Test(arguments: Case.all, [[], [4], [2, 3], [0]])
  func samplesFollowTheLaw(_ row: Case, _ sampleShape: [Int]) throws {
    let made = try row.distribution(Case.goldenFile())
    let x = made.sample(sampleShape, using: Generator(seed: 3))
    #expect(x.shape == sampleShape + made.batchShape + made.eventShape)
    let logProbability = made.logProbability(x)
    #expect(logProbability.shape == sampleShape + made.batchShape)
    #expect(logProbability.isFinite.all().item() == 1)
    let inside = made.support.contains(x)
    #expect(inside.all().item() == 1, "\(row.name) left its support")
    #expect(inside.shape == sampleShape + made.batchShape)
  }

  @Test(arguments: Case.all) func gradientsFlowThroughSamplesIfAndOnlyIfTheTypeSaysSo(
    _ row: Case
  ) throws {
    guard !row.parameters.isEmpty else { return }
    let inputs = try row.inputs(Case.goldenFile()).mapValues { $0.requiringGradient() }
    let made = row.make(inputs)
    let x = made.sample([2], using: Generator(seed: 4))
    #expect(x.requiresGradient == type(of: made).isReparameterized)
  }

  @Test(arguments: Case.all) func float32StaysFloat32(_ row: Case) throws {
    guard !row.parameters.isEmpty else { return }
    let golden = try Case.goldenFile()
    let made = try row.distribution(golden, dtype: .float32)
    let x = made.sample([5], using: Generator(seed: 5))
    let value = x.dtype == .int64 ? x : x.to(.float64)
    let wide = try row.distribution(golden).logProbability(value)
    let narrow = made.logProbability(x)
    #expect(narrow.dtype == .float32)
    expectClose(narrow.to(.float64), wide, relative: 1e-3, absolute: 1e-3, row.name)
  }

  @Test func independentMovesDimensionsFromBatchToEvent() {
    let base = Normal(mean: .zeros([4, 3, 2]), logVariance: .zeros([2]))
    #expect(base.independent(2).batchShape == [4])
    #expect(base.independent(2).eventShape == [3, 2])
    #expect(base.independent(0).eventShape == [])
    let both = base.independent(1).independent(1)
    expectClose(
      both.logProbability(.ones([4, 3, 2])), base.independent(2).logProbability(.ones([4, 3, 2])))
  }
}
