import Distributions
import Testing
import Torch
import _TestSupport

/// Divergences between samples equal recorded values, and their gradients equal differences.
@Suite struct SampleDivergenceTests {
  static func recorded(_ name: String) throws -> Tensor {
    try #require(try goldens("samples").tensors[name])
  }

  static func randn(_ shape: [Int], seed: UInt64) -> Tensor {
    .randn(shape, using: Generator(seed: seed), dtype: .float64)
  }

  static let kernels: [(name: String, kernel: Kernel)] = [
    ("gaussian", .gaussian(bandwidths: [0.5, 2])),
    ("imq", .inverseMultiquadratic(scales: [0.6, 6])),
  ]

  @Test(arguments: [0, 1], KernelEstimator.allCases)
  func mmdEqualsRecordedValues(_ index: Int, _ estimator: KernelEstimator) throws {
    let (name, kernel) = Self.kernels[index]
    let found = squaredMMD(
      try Self.recorded("x"), try Self.recorded("y"), kernel: kernel, estimator: estimator)
    expectClose(found.reshaped([1]), try Self.recorded("mmd.\(name).\(estimator)"))
  }

  @Test(arguments: KernelEstimator.allCases)
  func hsicEqualsSumsOverTuples(_ estimator: KernelEstimator) throws {
    let found = hsic(
      try Self.recorded("hsic.p"), try Self.recorded("hsic.q"),
      kernels: (.gaussian(bandwidth: 1), .gaussian(bandwidth: 2)), estimator: estimator)
    expectClose(found.reshaped([1]), try Self.recorded("hsic.\(estimator)"))
  }

  @Test(arguments: [1.0, 2.0]) func slicedWassersteinEqualsPOT(_ order: Double) throws {
    let found = slicedWassersteinDistance(
      try Self.recorded("x"), try Self.recorded("y"), directions: try Self.recorded("directions"),
      order: order)
    expectClose(found.reshaped([1]), try Self.recorded("sliced.\(Int(order))"))
    if order == 1 { expectClose(found.reshaped([1]), try Self.recorded("sliced.scipy")) }
  }

  @Test(arguments: ["squared.0.3", "squared.3.0", "plain.0.3", "plain.3.0"])
  func sinkhornEqualsPOT(_ name: String) throws {
    let parts = name.split(separator: ".", maxSplits: 1)
    let options = SinkhornOptions(
      epsilon: try #require(Double(parts[1])),
      cost: parts[0] == "plain" ? .euclidean : .squaredEuclidean, maximumIterations: 20000,
      tolerance: 1e-11)
    let (x, y) = (try Self.recorded("x"), try Self.recorded("y"))
    let solution = sinkhorn(x, y, options: options)
    #expect(solution.hasConverged)
    expectClose(
      solution.value.reshaped([1]), try Self.recorded("sinkhorn.\(name)"), relative: 1e-8)
    expectClose(
      sinkhornDivergence(x, y, options: options).reshaped([1]),
      try Self.recorded("divergence.\(name)"), relative: 1e-7)
  }

  @Test func sinkhornApproachesOptimalTransport() throws {
    let options = SinkhornOptions(epsilon: 0.01, maximumIterations: 20000)
    let found = sinkhorn(try Self.recorded("x"), try Self.recorded("y"), options: options)
    let exact = try Self.recorded("emd").item()
    #expect(found.value.item() >= exact - 1e-6)
    #expect(found.value.item() < exact + 0.05)
  }

  /// Every point moves by δ: W₂² along θ is (θ·δ)², and entropic transport of a shift costs ‖δ‖² beyond that of no shift.
  @Test func aShiftCostsItsSquare() {
    let x = Self.randn([60, 4], seed: 1)
    let shift = Tensor([0.3, -1, 0.5, 2], dtype: .float64)
    let directions = randomDirections(
      500, dimensions: 4, using: Generator(seed: 2), dtype: .float64)
    let power = slicedWassersteinPower(x + shift, x, directions: directions)
    expectClose(power, squared(matmul(directions, shift)).mean())
    let expected = squared(shift).sum().item() / 4
    #expect(Swift.abs(power.item() - expected) < 0.15 * expected)
    let options = SinkhornOptions(epsilon: 1, tolerance: 1e-10)
    expectClose(
      sinkhornDivergence(x + shift, x, options: options), squared(shift).sum(), relative: 1e-6)
  }

  @Test func equalSamplesHaveNoDivergence() {
    let x = Self.randn([25, 3], seed: 3)
    let directions = randomDirections(20, dimensions: 3, using: Generator(seed: 4), dtype: .float64)
    let zero = Tensor(0.0, dtype: .float64)
    expectClose(slicedWassersteinPower(x, x, directions: directions), zero)
    expectClose(squaredMMD(x, x, kernel: .gaussian(bandwidth: 1), estimator: .biased), zero)
    let options = SinkhornOptions(epsilon: 0.5, tolerance: 1e-12)
    expectClose(sinkhornDivergence(x, x, options: options), zero, absolute: 1e-7)
    expectClose(cauchySchwarzDivergence(x, x, bandwidth: 0.5), zero)
  }

  /// MMD² of N(0, 1) and N(δ, 1) with a Gaussian kernel is 2 σ/√(σ²+2) (1 − exp(−δ²/(2σ²+4))).
  @Test func mmdOfShiftedNormalsIsItsClosedForm() {
    let (sigma, delta) = (1.5, 0.8)
    let draws = (0..<60).map { index in
      squaredMMD(
        Self.randn([100, 1], seed: UInt64(2 * index)),
        Self.randn([100, 1], seed: UInt64(2 * index + 1)) + delta,
        kernel: .gaussian(bandwidth: sigma))
    }
    let variance = Tensor(sigma * sigma + 2, dtype: .float64)
    let exact = 2 * sigma / sqrt(variance) * (1 - exp(-delta * delta / (2 * variance)))
    expectMean(of: stacked(draws), is: exact, "MMD²")
    #expect(exact.item() > 0.1)
  }

  /// The density estimates' divergence is that of laws whose variances the bandwidth adds to.
  @Test func cauchySchwarzOfSamplesApproachesTheClosedForm() {
    let h = 0.4
    func law(_ mean: Double, _ variance: Double, blurred: Double) -> MultivariateNormal {
      MultivariateNormal(
        mean: Tensor([mean], dtype: .float64),
        covariance: Tensor([[variance + blurred]], dtype: .float64))
    }
    let p = law(0, 1, blurred: h * h)
    let q = law(1, 0.25, blurred: h * h)
    let x = Self.randn([2000, 1], seed: 7)
    let y = Self.randn([2000, 1], seed: 8) * 0.5 + 1
    let found = cauchySchwarzDivergence(x, y, bandwidth: h).item()
    #expect(Swift.abs(found - p.cauchySchwarzDivergence(to: q).item()) < 0.02)
    let sharp = (law(0, 1, blurred: 0), law(1, 0.25, blurred: 0))
    // −log ∫pq + ½ log ∫p² + ½ log ∫q² by numbers: ∫pq = N(1; 0, 1.25), ∫N(0, v)² = 1/√(4πv).
    #expect(
      Swift.abs(sharp.0.cauchySchwarzDivergence(to: sharp.1).item() - 0.5115717756571049) < 1e-12)
  }

  @Test func unbiasedHSICOfIndependentVariablesIsZeroInTheMean() {
    let kernels = (Kernel.gaussian(bandwidth: 1), Kernel.gaussian(bandwidth: 1))
    let draws = (0..<400).map { index in
      hsic(
        Self.randn([8, 2], seed: UInt64(2 * index)),
        Self.randn([8, 2], seed: UInt64(2 * index + 1)), kernels: kernels)
    }
    expectMean(of: stacked(draws), is: Tensor(0.0, dtype: .float64), "HSIC")
  }

  @Test func gradientsEqualDifferences() {
    let inputs = [Self.randn([6, 2], seed: 9), Self.randn([7, 2], seed: 10)]
    let directions = randomDirections(5, dimensions: 2, using: Generator(seed: 11), dtype: .float64)
    let options = SinkhornOptions(epsilon: 3, maximumIterations: 2000, tolerance: 1e-12)
    for (name, kernel) in Self.kernels {
      expectGradientsMatchDifferences(at: inputs, name) {
        squaredMMD($0[0], $0[1], kernel: kernel)
      }
    }
    expectGradientsMatchDifferences(at: inputs, "sliced") {
      slicedWassersteinPower($0[0], $0[1], directions: directions)
    }
    expectGradientsMatchDifferences(at: inputs, "Cauchy–Schwarz") {
      cauchySchwarzDivergence($0[0], $0[1], bandwidth: 0.6)
    }
    expectGradientsMatchDifferences(at: inputs, tolerance: 1e-5, "Sinkhorn") {
      sinkhornDivergence($0[0], $0[1], options: options)
    }
    expectGradientsMatchDifferences(at: inputs, "HSIC") {
      hsic(
        $0[0], $0[1][0..<6], kernels: (.gaussian(bandwidth: 1), .gaussian(bandwidth: 2)))
    }
  }

  @Test func gradientsAreFiniteWhereSamplesAgree() {
    let x = Self.randn([6, 2], seed: 12)
    let directions = randomDirections(5, dimensions: 2, using: Generator(seed: 13), dtype: .float64)
    let options = SinkhornOptions(epsilon: 1, tolerance: 1e-9)
    let slopes = [
      gradient(at: x) { squaredMMD($0, x, kernel: .gaussian(bandwidth: 1), estimator: .biased) },
      gradient(at: x) { slicedWassersteinPower($0, x, directions: directions) },
      gradient(at: x) { sinkhornDivergence($0, x, options: options) },
    ]
    for slope in slopes {
      expectClose(slope, Tensor.zeros([6, 2], dtype: .float64), absolute: 1e-6)
    }
  }

  @Test func badSamplesAreNamed() {
    let x = Self.randn([5, 2], seed: 14)
    let options = SinkhornOptions(epsilon: 0)
    let failures: [(String, () -> Void)] = [
      ("of one width", { _ = squaredMMD(x, Self.randn([5, 3], seed: 1), kernel: .linear) }),
      ("at least 2 rows", { _ = squaredMMD(x[0..<1], x, kernel: .linear) }),
      ("at least 4 pairs", { _ = hsic(x[0..<3], x[0..<3], kernels: (.linear, .linear)) }),
      ("epsilon > 0, found 0.0", { _ = sinkhorn(x, x, options: options) }),
      ("all positive", { _ = Kernel.gaussian(bandwidth: 0)(x, x) }),
      ("directions [L, 2]", { _ = slicedWassersteinPower(x, x, directions: Tensor.eye(3)) }),
      ("a positive bandwidth", { _ = cauchySchwarzDivergence(x, x, bandwidth: -1) }),
    ]
    for (reason, run) in failures {
      #expect {
        try withTorchErrors { run() }
      } throws: {
        "\($0)".contains(reason)
      }
    }
  }
}
