import Evaluation
import Testing
import Torch

/// What every implementation must answer: identity, zero, duplicated and rotated codes.
@Suite struct InvariantTests {
  private let quick = MetricOptions(resamples: 0)

  private func value(_ metric: any FactorMetric, _ data: CodesAndFactors) throws -> Double {
    try metric.estimate(data, quick).value
  }

  @Test func gapOfInformation() throws {
    let metric = MutualInformationGap()
    #expect(try value(metric, .identity()) > 0.9)
    #expect(try value(metric, .zero()) == 0)
    #expect(try (0...0.1).contains(value(metric, .duplicated())))
    #expect(try value(metric, .rotated()) < 0.3)
  }
}

extension CodesAndFactors {
  static func identity() throws -> CodesAndFactors { try SyntheticCodes.identity() }
  static func zero() throws -> CodesAndFactors { try SyntheticCodes.zero() }
  static func duplicated() throws -> CodesAndFactors { try SyntheticCodes.duplicated() }
  static func rotated() throws -> CodesAndFactors { try SyntheticCodes.rotated() }
}
