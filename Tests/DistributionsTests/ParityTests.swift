import Distributions
import Testing
import Torch
import _TestSupport

/// Every distribution equals its recorded twin.
@Suite struct ParityTests {
  @Test(arguments: Case.all) func logProbabilityEqualsTheTwins(_ row: Case) throws {
    let golden = try Case.goldenFile()
    let value = try #require(golden.tensors["\(row.name).value"])
    let expected = try #require(golden.tensors["\(row.name).logProbability"])
    let found = try row.distribution(golden).logProbability(value)
    expectClose(found, expected, relative: 1e-9, absolute: 1e-9, row.name)
  }

  @Test(arguments: Case.all) func entropyEqualsTheTwins(_ row: Case) throws {
    let golden = try Case.goldenFile()
    guard let made = try row.distribution(golden) as? any DistributionWithEntropy else { return }
    let expected = try #require(golden.tensors["\(row.name).entropy"])
    expectClose(made.entropy(), expected, relative: 1e-9, absolute: 1e-9, row.name)
  }

  @Test(arguments: Case.all) func momentsEqualTheTwins(_ row: Case) throws {
    let golden = try Case.goldenFile()
    guard let made = try row.distribution(golden) as? any DistributionWithMoments else { return }
    let mean = try #require(golden.tensors["\(row.name).mean"])
    let variance = try #require(golden.tensors["\(row.name).variance"])
    expectClose(made.mean, mean, relative: 1e-9, absolute: 1e-9, "\(row.name) mean")
    expectClose(made.variance, variance, relative: 1e-9, absolute: 1e-9, "\(row.name) variance")
  }

  @Test func divergencesEqualTheTwins() throws {
    let golden = try Case.goldenFile()
    let pairs = golden.tensors.keys.filter { $0.hasPrefix("kl.") }.sorted()
    #expect(pairs.count >= 8)
    for pair in pairs {
      let names = pair.split(separator: ".").map(String.init)
      let p = try Case.named(names[1]).distribution(golden)
      let q = try Case.named(names[2]).distribution(golden)
      let expected = try #require(golden.tensors[pair])
      expectClose(klDivergence(p, q), expected, relative: 1e-9, absolute: 1e-9, pair)
    }
  }
}
