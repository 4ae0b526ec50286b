import Testing
import Torch

@testable import Evaluation

/// What every implementation must answer for identity, zero, duplicated and rotated codes; the
/// bounds are those of disentanglement_lib's own tests where it has them.
@Suite struct InvariantTests {
  private static let quick = MetricOptions(resamples: 0, trainCount: 1000, testCount: 500)
  private let gaps: [any FactorMetric] = [
    MutualInformationGap(), CorrectedGap(), NeighbourGap(), SeparatedAttributePredictability(),
    CorrelationPredictability(),
  ]

  private func value(_ metric: any FactorMetric, _ data: CodesAndFactors) throws -> Double {
    try metric.estimate(data, Self.quick).value
  }

  /// The identity code scores at least 0.9, but where one linear machine must name many classes.
  @Test func identity() throws {
    let data = try SyntheticCodes.identity()
    for metric in Metrics.factorMetrics where !["sap", "infoe"].contains(metric.name) {
      let found = try value(metric, data)
      #expect((0.9...1.000_001).contains(found), "\(metric.name) \(found)")
    }
    let coarse = try SyntheticCodes.identity([2, 2, 2])
    #expect(try value(SeparatedAttributePredictability(), coarse) > 0.4)
    #expect(try value(InfoE(), coarse) > 0.95)
  }

  @Test func zero() throws {
    let data = try SyntheticCodes.zero()
    for metric in gaps + [FactorVAEScore(), InterventionalRobustness(), InfoM(), InfoC()] {
      let found = try value(metric, data)
      #expect((0...0.05).contains(found), "\(metric.name) \(found)")
    }
    #expect(try value(Modularity(), data) == 0)
    #expect(try abs(value(InfoE(), data)) < 1e-6)
    #expect(try abs(value(Explicitness(), data) - 0.5) < 1e-9)
    #expect(try value(BetaVAEScore(), data) < 0.35)
  }

  /// A second copy of each code closes every gap, and completeness falls to 1 − ln 2 / ln 10 where
  /// trees share evenly.
  @Test func duplicated() throws {
    let data = try SyntheticCodes.duplicated()
    for metric in gaps where metric.name != "mig-ksg" {
      let found = try value(metric, data)
      #expect((0...0.1).contains(found), "\(metric.name) \(found)")
    }
    #expect(try value(NeighbourGap(), data) < 0.1)
    #expect(try value(DCIDisentanglement(), data) > 0.9)
    #expect(try value(InfoM(), data) > 0.95)
    #expect(try abs(value(InfoC(), data) - (0.5 - 0.125) / 0.875) < 0.05)
  }

  /// A rotation keeps what linear classifiers find and spoils all that is about single codes.
  @Test func rotated() throws {
    let (data, straight) = (try SyntheticCodes.rotated(), try SyntheticCodes.identity())
    for metric in gaps + [DCIDisentanglement(), DCICompleteness(), InfoM(), InfoC()] {
      let (turned, plain) = (try value(metric, data), try value(metric, straight))
      #expect(turned < 0.6 * plain, "\(metric.name) \(turned)")
    }
    #expect(try value(InterventionalRobustness(), data) < 0.6)
    let (turned, plain) = (
      try value(Explicitness(), data), try value(Explicitness(), straight)
    )
    #expect(abs(turned - plain) < 0.02)
  }

  /// One code for two factors each, and one factor in two codes, in tables of importance.
  @Test func tablesOfImportance() {
    let table = Tensor.eye(5, dtype: .float64).interleaved(2, dim: 1)
    let expected = 0.698_970_004
    #expect(abs(TreeImportance.concentration(of: table) - expected) < 1e-6)
    #expect(abs(TreeImportance.concentration(of: table.transposed(0, 1)) - 1) < 1e-6)
    #expect(abs(TreeImportance.concentration(of: Tensor.zeros([3, 4], dtype: .float64))) < 1e-9)
  }
}
