import Distributions
import Testing
import Torch
import _TestSupport

/// Gradients of log-probabilities and of draws.
@Suite struct GradientTests {
  @Test(arguments: Case.all) func logProbabilityHasTheGradientsOfDifferences(_ row: Case) throws {
    let golden = try Case.goldenFile()
    let value = try #require(golden.tensors["\(row.name).value"])
    let inputs = try row.inputs(golden)
    let discrete = row.make(inputs).support.isDiscrete
    let points = row.ordered(inputs) + (discrete ? [] : [value])
    // The density of a uniform sphere is a constant, and 500 dimensions are too many differences.
    let skipped = ["sphereUniform", "sphere500"].contains(row.name)
    guard !points.isEmpty, !skipped else { return }
    expectGradientsMatchDifferences(at: points, tolerance: 2e-5, row.name) { points in
      let x = discrete ? value : points[points.count - 1]
      return row.make(row.named(points)).logProbability(x).sum()
    }
  }

  @Test(arguments: Case.all) func divergencesHaveTheGradientsOfDifferences(_ row: Case) throws {
    let golden = try Case.goldenFile()
    let inputs = try row.inputs(golden)
    for other in Case.all where golden.tensors["kl.\(row.name).\(other.name)"] != nil {
      let q = try other.distribution(golden)
      guard !row.parameters.isEmpty else { continue }
      expectGradientsMatchDifferences(
        at: row.ordered(inputs), tolerance: 2e-5, "\(row.name) to \(other.name)"
      ) { klDivergence(row.make(row.named($0)), q).sum() }
    }
  }

  /// Pathwise gradients of E Σ c·x and E Σ c·(x − m)², m held, against differences of the closed
  /// forms.
  @Test(arguments: Case.all) func pathwiseGradientsAreThoseOfTheMoments(_ row: Case) throws {
    let golden = try Case.goldenFile()
    let plain = try row.inputs(golden)
    let made = row.make(plain)
    guard made is any ReparameterizedDistribution, !row.parameters.isEmpty, row.hasScore,
      let centre = (made as? any DistributionWithMoments)?.mean
    else { return }
    let size = made.eventShape.reduce(1, *)
    let weights = sin(Tensor.arange(size, dtype: .float64) + 1).reshaped(made.eventShape)
    let wide = try row.expanded(golden, count: row.draws)
    for power in 1...2 {
      let found = valueAndGradient(at: row.ordered(wide)) { inputs in
        let x = row.make(row.named(inputs)).sample(using: Generator(seed: 18))
        return (weights * (power == 1 ? x : squared(x - centre))).sum()
      }.gradients
      for (position, parameter) in row.parameters.enumerated() where plain(parameter).count < 200 {
        let expected = centralDifferences(
          of: { inputs in
            guard let d = row.make(row.named(inputs)) as? any DistributionWithMoments else {
              return Tensor(Double.nan)
            }
            let spread = d.variance + squared(d.mean - centre)
            return (weights * (power == 1 ? d.mean : spread)).sum()
          }, at: row.ordered(plain), position: position)
        expectMean(
          of: found[position], is: expected, slack: 1e-5,
          "\(row.name): gradient of moment \(power) in \(parameter)")
      }
    }
  }
}
