import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct SeriesTests {
  @Test(arguments: [false, true]) func valuesFollowTheFormulaOfTheirFactors(
    irregular: Bool
  ) throws {
    let set = try SeriesDataset(SeriesPlan(count: 50, noise: 0, isIrregular: irregular, seed: 3))
    let batch = try set.all()
    let factors = try #require(batch.factors)
    let time = try #require(batch.extras["times"])
    func factor(_ column: Int) -> Tensor { factors[.all, column].unsqueezed(dim: 1) }
    let angle = (factor(1) * time + factor(3)) * (2 * Double.pi)
    let expected = factor(0) * sin(angle) + factor(2) * (time - 0.5)
    expectClose(batch.examples[.all, 0], expected, absolute: 1e-4)
    let steps = time[.all, 1...] - time[.all, 0..<63]
    #expect(steps.min().item() >= 0)
    #expect((steps.max().item() - steps.min().item() < 1e-6) == !irregular)
    let (low, high) = (factors.min(dims: [0]), factors.max(dims: [0]))
    #expect((low .>= Tensor([0.5, 1, -2, 0])).all().item() == 1)
    #expect((high .<= Tensor([2.0, 6, 2, 1])).all().item() == 1)
  }

  @Test func missingValuesAreMaskedAndZero() throws {
    let set = try SeriesDataset(SeriesPlan(count: 400, missing: 0.3))
    let batch = try set.all()
    let mask = try #require(batch.extras["mask"])
    // 25,600 draws: a standard error of 0.0029.
    #expect(abs(mask.mean().item() - 0.7) < 0.012)
    #expect((batch.examples[.all, 0] * (1 - mask)).isEqual(to: .zeros([400, 64])))
  }

  @Test func noiseHasItsStandardDeviation() throws {
    let noisy = try SeriesDataset(SeriesPlan(count: 400, noise: 0.5)).all().examples
    let clean = try SeriesDataset(SeriesPlan(count: 400, noise: 0)).all().examples
    let noise = noisy - clean
    // 25,600 draws: standard errors of 0.003 and 0.0022.
    #expect(abs(noise.mean().item()) < 0.013)
    #expect(abs(squared(noise).mean().item() - 0.25) < 0.01)
  }

  @Test func anExampleDependsOnItsIndexAlone() throws {
    let set = try SeriesDataset(SeriesPlan(count: 100))
    let batch = try set.batch([99, 4])
    #expect(batch.examples[1].isEqual(to: try set.all().examples[4]))
    let other = try SeriesDataset(SeriesPlan(count: 100, seed: 1))
    #expect(!batch.examples.isEqual(to: try other.batch([99, 4]).examples))
    #expect(set.fingerprint != other.fingerprint)
  }
}
