import Catalogue
import LatentCore
import Testing

@testable import Reproductions

/// Measures what it is told, so that the rules of the verdict can be seen.
private struct Recorded: Reproduction {
  var paper: String { "P109" }
  var claim: String { "numbers" }
  var baseline: String { "none" }
  var data: String { "none" }
  var minutesPerSeed: Double { 1 }
  var seeds: Int { 3 }
  var criteria: [Criterion] {
    [
      Criterion("low", .atMost(1), unit: "nat", "a number"),
      Criterion("high", .atLeast(10), "a number"),
    ]
  }
  let numbers: @Sendable (UInt64) -> [String: Double]

  func measure(_ trial: Trial) -> [String: Double] { numbers(trial.seed) }
}

@Suite struct ReproductionTests {
  @Test func everyReproductionIsOfAPaperAndStatesItsTerms() {
    #expect(Set(Reproductions.all.map(\.paper)).count == Reproductions.all.count)
    for reproduction in Reproductions.all {
      #expect(Catalogue.paper(reproduction.paper) != nil)
      #expect(reproduction.seeds >= 3 && reproduction.minutesPerSeed <= 5)
      let names = reproduction.criteria.map(\.name)
      #expect(!names.isEmpty && Set(names).count == names.count)
    }
    #expect(Reproductions.of("p109")?.paper == "P109")
    #expect(Reproductions.of("P999") == nil)
  }

  @Test(arguments: [
    ([0.5, 0.5, 0.5], [20.0, 20, 20], Verdict.reproduced),
    ([0.5, 0.5, 0.5], [9.0, 9, 9], .partly),
    ([2.0, 2, 2], [9.0, 9, 9], .notReproduced),
    // The mean keeps the bound, the interval does not.
    ([0.5, 0.9, 1.0], [9.0, 9, 9], .notReproduced),
    // Too few seeds.
    ([0.5, 0.5], [20.0, 20], .partly),
    // One criterion is not measured.
    ([0.5, 0.5, 0.5], [], .partly),
  ]) func verdict(low: [Double], high: [Double], expected: Verdict) throws {
    let reproduction = Recorded { seed in
      let index = Int(seed) - 1
      return high.isEmpty ? ["low": low[index]] : ["low": low[index], "high": high[index]]
    }
    #expect(try reproduction.run(seeds: low.count).verdict == expected)
    #expect(try reproduction.run(seeds: low.count, isQuick: true).verdict == nil)
  }

  @Test func documentHasTheseMembersInThisOrder() throws {
    let result = try Recorded { ["low": Double($0) / 4] }.run(seeds: 3)
    let json = result.json
    #expect(
      json.members.map(\.name) == [
        "paper", "title", "verdict", "claims", "minutes", "data", "libtorch", "commit",
      ])
    guard case .array(let claims)? = json["claims"], case .object(let first) = claims[0] else {
      Issue.record("no claims")
      return
    }
    #expect(
      first.members.map(\.name) == [
        "name", "claimed", "measured", "interval", "unit", "seeds", "values", "holds",
      ])
    #expect(first["claimed"] == "≤ 1" && first["measured"] == 0.5 && first["seeds"] == 3)
    // Student's interval of ¼, ½, ¾: ½ ∓ 4.302652729749462 · ¼/√3 (scipy.stats.t.ppf(0.975, 2)).
    guard case .array(let ends)? = first["interval"], case .double(let lower) = ends[0] else {
      Issue.record("no interval")
      return
    }
    #expect(abs(lower - (0.5 - 4.302652729749462 * 0.25 / 3.0.squareRoot())) < 1e-12)
    #expect(claims[1]["measured"] == .null && claims[1]["holds"] == .null)
    #expect(json["verdict"] == "not reproduced")
  }

  @Test func aBudgetThatIsUsedUpEndsTheMeasurement() {
    let trial = Trial(seed: 7, minutes: 0)
    // Processor time has passed when its clock has ticked.
    let start = processorSeconds()
    while processorSeconds() == start {}
    #expect(throws: OverBudget(seed: 7, minutes: 0)) { try trial.checkBudget() }
  }

  @Test func quickRunsTheWholePath() throws {
    for reproduction in Reproductions.all {
      let result = try reproduction.run(seeds: 1, isQuick: true)
      #expect(result.verdict == nil)
      #expect(result.claims.contains { $0.values.count == 1 })
      #expect(result.claims.allSatisfy { $0.values.allSatisfy(\.isFinite) })
    }
  }

  @Test func aSeedGivesTheSameNumbers() throws {
    let experiment = AutoEncodingVariationalBayes()
    func numbers(_ seed: UInt64) throws -> [String: Double] {
      try experiment.measure(Trial(seed: seed, isQuick: true, minutes: 5))
    }
    #expect(try numbers(5) == numbers(5))
    #expect(try numbers(5) != numbers(6))
  }
}
