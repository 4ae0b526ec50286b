import Evaluation
public import LatentCore
import Runs
import Torch

/// What became of a paper's claim.
public enum Verdict: String, Sendable, CaseIterable {
  /// Every criterion was measured on enough seeds and holds.
  case reproduced
  /// Some criteria hold; others do not, were not measured, or had too few seeds.
  case partly
  /// No criterion holds.
  case notReproduced = "not reproduced"
}

/// One criterion beside what was measured.
public struct ClaimResult: Sendable, Equatable {
  /// What was asked.
  public let criterion: Criterion
  /// A value a seed; empty if the experiment does not reach the criterion.
  public let values: [Double]

  /// The mean over the seeds, or nil.
  public var measured: Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
  /// The 95 % interval over the seeds; nil for fewer than two.
  public var interval: [Double]? { StudentDistribution.interval(ofMean: values) }

  /// Whether the whole interval keeps the bound (for one seed, its value); nil if nothing was
  /// measured.
  public var holds: Bool? {
    values.isEmpty ? nil : criterion.holds(interval ?? values)
  }

  var json: JSONValue {
    [
      "name": .string(criterion.name), "claimed": .string(criterion.claimed),
      "measured": measured.map { .double($0) } ?? .null,
      "interval": interval.map { .array($0.map { .double($0) }) } ?? .null,
      "unit": .string(criterion.unit), "seeds": .int(values.count),
      "values": .array(values.map { .double($0) }),
      "holds": holds.map { .bool($0) } ?? .null,
    ]
  }
}

/// A reproduction's outcome, with what is needed to judge it.
public struct ReproductionResult: Sendable {
  /// The paper's number.
  public let paper: String
  /// The paper's title.
  public let title: String
  /// The criteria in their order.
  public let claims: [ClaimResult]
  /// Nil after a quick run, whose numbers mean nothing.
  public let verdict: Verdict?
  /// Minutes of processor time of all seeds together.
  public let minutes: Double
  /// The data.
  public let data: String

  init(
    _ reproduction: any Reproduction, seeds: [SeedNumbers], isQuick: Bool
  ) {
    paper = reproduction.paper
    title = reproduction.title
    data = reproduction.data
    claims = reproduction.criteria.map { criterion in
      ClaimResult(criterion: criterion, values: seeds.compactMap { $0.values[criterion.name] })
    }
    verdict = isQuick ? nil : Self.verdict(claims, seeds: reproduction.seeds)
    minutes = seeds.reduce(0) { $0 + $1.minutes }
  }

  static func verdict(_ claims: [ClaimResult], seeds: Int) -> Verdict {
    if claims.allSatisfy({ $0.holds == true && $0.values.count >= seeds }) { return .reproduced }
    return claims.contains { $0.holds == true } ? .partly : .notReproduced
  }

  /// The document of `latent reproduce --json` and of `docs/results`.
  public var json: JSONObject {
    [
      "paper": .string(paper), "title": .string(title),
      "verdict": verdict.map { .string($0.rawValue) } ?? .null,
      "claims": .array(claims.map(\.json)), "minutes": .double((minutes * 100).rounded() / 100),
      "data": .string(data), "libtorch": .string(TorchRuntime.version),
      "commit": PackageIdentity.commit.map { .string($0) } ?? .null,
    ]
  }
}
