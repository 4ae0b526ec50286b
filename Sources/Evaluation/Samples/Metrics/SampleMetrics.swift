import Distributions
import LatentCore
import Torch

extension SampleMetric {
  /// Every metric of samples, in the order of tables.
  public static let all: [SampleMetric] = [
    SampleMetric(
      "frechet", "Squared Fréchet distance of the normal laws fitted to the features.",
      range: 0...Double.infinity, .heusel2017, known: { (try frechetDistance(line, line + 3), 9) }
    ) { data, options in
      let value = try frechetDistance(data.sampleFeatures, data.referenceFeatures)
      return (
        value,
        data.interval(
          value, options, within: 0...Double.infinity, of: data.features, frechetDistance)
      )
    },
    SampleMetric(
      "kernel-distance", "Unbiased MMD² of the features with a cubic kernel (KID).",
      range: -Double.infinity...Double.infinity, .binkowski2018,
      known: {
        // (0 + 1)³, (1 + 1)³ and (0 + 1)³ twice.
        let zeros = Tensor.zeros([2, 1], dtype: .float64)
        return (try kernelDistance(zeros, zeros + 1).value, 1 + 8 - 2)
      }
    ) { data, _ in
      let found = try kernelDistance(data.sampleFeatures, data.referenceFeatures)
      return (found.value, found.interval)
    },
    neighbourhood(
      "precision", "Share of samples within a neighbourhood of the reference.", k: 3,
      .kynkaanniemi2019, \.precision),
    neighbourhood(
      "recall", "Share of the reference within a neighbourhood of the samples.", k: 3,
      .kynkaanniemi2019, \.recall),
    neighbourhood(
      "density", "Mean number of reference neighbourhoods around a sample, over k.", k: 5,
      range: 0...Double.infinity, .naeem2020, \.density),
    neighbourhood(
      "coverage", "Share of the reference whose neighbourhood holds a sample.", k: 5, .naeem2020,
      \.coverage),
    SampleMetric(
      "mmd", "Unbiased MMD² of the data with a Gaussian kernel of the reference's median distance.",
      range: -1...2, .gretton2012, isOfFeatures: false,
      known: {
        let kernel = Kernel.gaussian(bandwidth: 1e-3)
        return (squaredMMD(line, line + 100, kernel: kernel, estimator: .biased).item(), 2.0 / 30)
      }
    ) { data, options in
      let sample = data.limited(2000, options.seed)
      let kernel = Kernel.gaussian(medianOf: sample.y)
      guard case .gaussian(let widths) = kernel, widths.allSatisfy({ $0 > 0 }) else {
        throw MetricError(
          metric: "mmd", "expected a reference whose examples differ, found a median distance of 0",
          remedy: "most examples of the reference are copies: leave them out")
      }
      func distance(_ x: Tensor, _ y: Tensor) -> Double {
        squaredMMD(x, y, kernel: kernel).item()
      }
      let value = distance(sample.x, sample.y)
      return (value, data.interval(value, options, within: -1...2, of: sample, distance))
    },
    SampleMetric(
      "sliced-wasserstein",
      "Wasserstein-2 distance of the data's projections, over 500 directions.",
      range: 0...Double.infinity, .bonneel2015, isOfFeatures: false,
      known: {
        let one = Tensor.ones([1, 1], dtype: .float64)
        return (slicedWassersteinDistance(line, line + 3, directions: one).item(), 3)
      }
    ) { data, options in
      let directions = randomDirections(
        500, dimensions: data.samples.size(1), using: Generator(seed: options.seed),
        dtype: .float64)
      func distance(_ x: Tensor, _ y: Tensor) -> Double {
        slicedWassersteinDistance(x, y, directions: directions).item()
      }
      let value = distance(data.samples, data.reference)
      return (
        value,
        data.interval(
          value, options, within: 0...Double.infinity, of: (data.samples, data.reference),
          distance)
      )
    },
    SampleMetric(
      "memorisation",
      "Median distance of samples to the nearest training example over that of held-out ones.",
      range: 0...Double.infinity, .meehan2020, needs: "samples, reference, held-out",
      isOfFeatures: false, known: { (try memorisation(line, line, line + 0.5).ratio, 0) }
    ) { data, options in
      guard let heldOut = data.heldOut else {
        throw MetricError(
          metric: "memorisation",
          "expected held-out examples beside samples and reference, found none",
          remedy: "add --held-out: examples that the model was not trained on")
      }
      let found = try memorisation(data.samples, data.reference, heldOut)
      return (found.ratio, found.interval(resamples: options.resamples, seed: options.seed))
    },
  ]

  private static func neighbourhood(
    _ name: String, _ summary: String, k: Int, range: ClosedRange<Double> = 0...1,
    _ citation: Citation, _ part: any KeyPath<SampleCoverage, Double> & Sendable
  ) -> SampleMetric {
    SampleMetric(
      name, summary, range: range, citation,
      known: { (try SampleCoverage(line, line + 1000, k: k)[keyPath: part], 0) }
    ) { data, options in
      func share(_ x: Tensor, _ y: Tensor) throws -> Double {
        try SampleCoverage(x, y, k: k)[keyPath: part]
      }
      let value = try share(data.sampleFeatures, data.referenceFeatures)
      return (value, data.interval(value, options, within: range, of: data.features, share))
    }
  }

  /// 0, 1, …, 29.
  private static var line: Tensor { Tensor.arange(30).to(.float64).unsqueezed(dim: 1) }

  private static func memorisation(
    _ samples: Tensor, _ train: Tensor, _ heldOut: Tensor
  ) throws -> Memorisation {
    try Memorisation(samples: samples, train: train, heldOut: heldOut)
  }
}
