import Evaluation
import LatentCore
import Testing
import Torch
import _TestSupport

/// Metrics of predictions against numbers that follow by hand.
@Suite struct PredictionTests {
  static let plain = MetricOptions(resamples: 0)

  static func predictions(_ rows: [[Double]], _ labels: [Int]) throws -> ClassPredictions {
    try ClassPredictions(
      logProbabilities: log(Tensor(rows, dtype: .float64)), labels: Tensor(labels))
  }

  @Test func knownAnswersAreMet() {
    for metric in Metrics.classPredictionMetrics {
      #expect(throws: Never.self, "\(metric.name)") { try metric.checkKnownAnswer() }
    }
    for metric in NumberPredictionMetric.all {
      #expect(throws: Never.self, "\(metric.name)") { try metric.checkKnownAnswer() }
    }
  }

  /// Probabilities that are drawn from are calibrated, overconfident ones are off by the difference.
  @Test func calibrationErrorIsZeroForTheTruth() throws {
    let generator = Generator(seed: 1)
    let p = 0.5 + 0.5 * Tensor.rand([40_000], using: generator, dtype: .float64)
    let labels = 1 - Tensor.bernoulli(p, using: generator).to(.int64)
    func error(_ p: Tensor) throws -> Double {
      let data = try ClassPredictions(
        logProbabilities: log(stacked([p, 1 - p], dim: 1)), labels: labels)
      return try CalibrationError().measure(data, Self.plain).value
    }
    #expect(try error(p) < 0.012)
    let shifted = (p + 0.1).clamped(max: 0.999)
    let gap = (shifted - p).mean().item()
    #expect(abs(try error(shifted) - gap) < 0.012)
  }

  /// Two bins: 0.9 and 0.9 with one hit, 0.6 with a hit: (2 |½ − 0.9| + |1 − 0.6|)/3.
  @Test func calibrationErrorByHand() throws {
    let data = try Self.predictions([[0.9, 0.1], [0.9, 0.1], [0.4, 0.6]], [0, 1, 1])
    let found = try CalibrationError().measure(data, Self.plain)
    #expect(abs(found.value - (0.8 + 0.4) / 3) < 1e-12)
    #expect(found.interval.isEmpty && found.count == 3)
    let sampled = try CalibrationError().measure(data, MetricOptions(resamples: 50)).interval
    #expect(sampled.count == 2 && sampled[0] <= found.value && found.value <= sampled[1])
  }

  @Test func properScoresByHand() throws {
    let data = try Self.predictions([[0.7, 0.2, 0.1], [0.1, 0.3, 0.6]], [0, 1])
    func value(_ kind: PredictionScore.Kind) throws -> Double {
      try PredictionScore(kind).estimate(data).value
    }
    #expect(try value(.accuracy) == 0.5)
    let expected = -log(Tensor([0.7, 0.3], dtype: .float64)).mean().item()
    #expect(abs(try value(.negativeLogLikelihood) - expected) < 1e-12)
    #expect(abs(try value(.brier) - (0.14 + 0.01 + 0.49 + 0.36) / 2) < 1e-12)
  }

  /// Of six pairs the outlier is larger in four, equal in one.
  @Test func outlierAreaCountsPairs() throws {
    let area = try outlierAUROC(inliers: Tensor([1.0, 2, 3]), outliers: Tensor([2.0, 4]))
    #expect(abs(area - 4.5 / 6) < 1e-12)
    #expect(throws: MetricError.self) {
      try outlierAUROC(inliers: Tensor([1.0]), outliers: Tensor([Double.nan]))
    }
  }

  @Test func normalPredictionsOfTheTruthAreCalibrated() throws {
    let generator = Generator(seed: 2)
    let mean = Tensor.randn([20_000, 2], using: generator, dtype: .float64)
    let deviation = 0.5 + Tensor.rand([20_000, 2], using: generator, dtype: .float64)
    let targets = mean + deviation * Tensor.randn([20_000, 2], using: generator, dtype: .float64)
    func value(_ kind: NumberPredictionMetric.Kind, scale: Double = 1) throws -> Double {
      let data = try NumberPredictions(
        mean: mean, variance: squared(deviation) * scale, targets: targets)
      return try NumberPredictionMetric(kind).estimate(data).value
    }
    #expect(try value(.quantileCalibration) < 0.006)
    #expect(try value(.quantileCalibration, scale: 9) > 0.1)
    // The entropy of the truth.
    let entropy = (log(deviation) + 0.5 * 2.837_877_066_409_345).sum(dim: 1).mean().item()
    #expect(abs(try value(.negativeLogLikelihood) - entropy) < 0.03)
    #expect(try value(.negativeLogLikelihood) < value(.negativeLogLikelihood, scale: 2))
    let square = squared(targets - mean).sum(dim: 1).mean().item()
    #expect(abs(try value(.rootMeanSquare) - square.squareRoot()) < 1e-12)
  }

  @Test func tablesThatAreNoPredictionsAreRefused() throws {
    func problem(_ rows: [[Double]], _ labels: [Int]) -> String {
      do {
        _ = try Self.predictions(rows, labels)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(problem([[0.5, 0.6]], [0]).contains("sum to one"))
    #expect(problem([[0.5, 0.5]], [2]).contains("classes from 0 to 1, found 2 to 2"))
    #expect(problem([[0.5, 0.5]], [0, 1]).contains("labels [n], found [1, 2] and [2]"))
    #expect(throws: MetricError.self) {
      try NumberPredictions(
        mean: Tensor([[0.0]]), variance: Tensor([[0.0]]), targets: Tensor([[0.0]]))
    }
  }
}
