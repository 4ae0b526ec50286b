import Distributions
import Testing
import Torch
import _TestSupport

/// `sample` draws from the law that `logProbability` gives.
@Suite struct GoodnessOfFitTests {
  /// χ² over 40 bins between quantiles of one sample for the counts of another, the bins' masses
  /// integrated from the density; one more bin holds the rest.
  @Test(arguments: Case.all) func countsInBinsFitTheDensity(_ row: Case) throws {
    let made = try row.distribution(Case.goldenFile())
    guard made.eventShape.isEmpty, !made.support.isDiscrete else { return }
    let columns = max(made.batchShape.reduce(1, *), 1)
    let pilot = made.sample([2000], using: Generator(seed: 11)).reshaped([2000, columns])
    let levels = (0...40).map { 0.005 + 0.99 * Double($0) / 40 }
    let edges = pilot.quantile(levels, dim: 0)  // [41, columns]
    let count = 100_000
    let draws = made.sample([count], using: Generator(seed: 12)).reshaped([count, columns])
    let masses = binMasses(made, edges: edges)
    for column in 0..<columns {
      let marks = edges[.all, column].contiguous()
      let places = marks.insertionIndices(of: draws[.all, column].contiguous(), right: true)
      var counts = places.binCount(minimumLength: 42).scalars(as: Double.self)
      counts[0] += counts.removeLast()
      let inside = masses[.all, column].scalars(as: Double.self)
      let expected = ([1 - inside.reduce(0, +)] + inside).map { $0 * Double(count) }
      #expect(expected[0] > 0, "\(row.name): the density's mass exceeds 1")
      let p = chiSquareProbability(counts: counts, expected: expected)
      #expect(p > smallestProbability, "\(row.name) column \(column): p = \(p)")
    }
  }

  /// Simpson's rule with 64 intervals in each bin, [40, columns].
  private func binMasses(_ made: any Distribution, edges: Tensor) -> Tensor {
    let simpson: [Double] = [1] + (1..<64).map { $0 % 2 == 1 ? 4 : 2 } + [1]
    let weights = Tensor(simpson, dtype: .float64)
    let fractions = Tensor.linspace(0, 1, count: 65, dtype: .float64).reshaped([65, 1, 1])
    let width = edges[1...] - edges[0..<40]
    let nodes = edges[0..<40] + width * fractions  // [65, 40, columns]
    let densities = exp(
      made.logProbability(nodes.reshaped([65, 40] + made.batchShape)).reshaped(nodes.shape))
    return (densities * weights.reshaped([65, 1, 1])).sum(dim: 0) * width / (3 * 64)
  }

  /// χ² over the outcomes 0, 1, … with at least five expected, the rest in one.
  @Test(arguments: Case.all) func countsOfOutcomesFitTheProbabilities(_ row: Case) throws {
    let made = try row.distribution(Case.goldenFile())
    guard made.eventShape.isEmpty, made.support.isDiscrete else { return }
    let columns = max(made.batchShape.reduce(1, *), 1)
    let count = 100_000
    let draws = made.sample([count], using: Generator(seed: 13)).reshaped([count, columns])
    let top = Int(draws.max().item())
    let outcomes = Tensor.arange(top + 1, dtype: .float64)
      .reshaped([top + 1] + made.batchShape.map { _ in 1 })
    let inside = made.support.contains(outcomes).all().item() == 1
    #expect(inside, "\(row.name)")
    let table = exp(made.logProbability(outcomes)).reshaped([top + 1, columns])
    for column in 0..<columns {
      let found = draws[.all, column].to(.int64).binCount(minimumLength: top + 1)
      let pairs = zip(
        found.scalars(as: Double.self),
        table[.all, column].scalars(as: Double.self).map { $0 * Double(count) })
      var kept = pairs.filter { $0.1 >= 5 }
      let rest = (
        Double(count) - kept.reduce(0) { $0 + $1.0 }, Double(count) - kept.reduce(0) { $0 + $1.1 }
      )
      if rest.1 > 1 { kept.append(rest) }
      let p = chiSquareProbability(counts: kept.map(\.0), expected: kept.map(\.1))
      #expect(p > smallestProbability, "\(row.name) column \(column): p = \(p)")
    }
  }

  /// E ∇ log p(x) = 0 for x drawn from p, in every parameter of every distribution.
  @Test(arguments: Case.all) func theScoreHasMeanZero(_ row: Case) throws {
    let inputs = try row.expanded(Case.goldenFile(), count: row.draws)
    guard !inputs.isEmpty, row.hasScore else { return }
    let x = row.make(inputs).sample(using: Generator(seed: 14)).detached()
    let found = valueAndGradient(at: row.ordered(inputs)) {
      row.make(row.named($0)).logProbability(x).sum()
    }.gradients
    for (parameter, scores) in zip(row.parameters, found) {
      expectMean(
        of: scores, is: .zeros(like: scores[0]), "\(row.name): score of \(parameter)")
    }
  }

  /// Means and variances of draws.
  @Test(arguments: Case.all) func momentsOfDrawsAreTheClosedForms(_ row: Case) throws {
    guard let made = try row.distribution(Case.goldenFile()) as? any DistributionWithMoments else {
      return
    }
    let x = made.sample([row.draws], using: Generator(seed: 15)).to(.float64)
    expectMean(of: x, is: made.mean, "\(row.name): mean")
    expectMean(of: squared(x - made.mean), is: made.variance, "\(row.name): variance")
  }

  /// The mean of −log p over draws.
  @Test(arguments: Case.all) func entropyIsTheMeanSurprise(_ row: Case) throws {
    guard let made = try row.distribution(Case.goldenFile()) as? any DistributionWithEntropy else {
      return
    }
    let x = made.sample([row.draws], using: Generator(seed: 16))
    expectMean(of: -made.logProbability(x), is: made.entropy(), "\(row.name): entropy")
  }

  /// The mean of log p − log q over draws from p, for every recorded pair.
  @Test func divergencesAreTheMeanLogRatios() throws {
    let golden = try Case.goldenFile()
    for pair in golden.tensors.keys.filter({ $0.hasPrefix("kl.") }).sorted() {
      let names = pair.split(separator: ".").map(String.init)
      let p = try Case.named(names[1]).distribution(golden)
      let q = try Case.named(names[2]).distribution(golden)
      let x = p.sample([20000], using: Generator(seed: 17))
      expectMean(of: p.logProbability(x) - q.logProbability(x), is: klDivergence(p, q), pair)
    }
  }
}
