import Evaluation
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct ParetoTests {
  private static func recorded(_ name: String) throws -> Tensor {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = try Safetensors(path: folder.path + "/Goldens/samples.safetensors")
    return try #require(file.tensors[name])
  }

  @Test(arguments: ["light", "heavy", "bad"]) func smoothingEqualsArviZ(_ name: String) throws {
    let weights = try Self.recorded("psis.\(name).weights").scalars(as: Double.self)
    let found = ParetoSmoothing(weights)
    let shape = try Self.recorded("psis.\(name).k").item()
    #expect(abs(found.shape - shape) < 1e-8)
    let smoothed = Tensor(found.logWeights, dtype: .float64)
    // ArviZ divides the weights by their sum.
    let shares = smoothed - smoothed.logSumExp(dim: 0)
    expectClose(shares, try Self.recorded("psis.\(name).smoothed"), relative: 1e-7)
  }

  /// Numbers drawn from the law by its quantiles have its parameters.
  @Test(arguments: [-0.3, 0.0, 0.5, 1.2]) func fitsFindTheirLaw(_ shape: Double) {
    let law = GeneralizedPareto(shape: shape, scale: 2)
    let levels = Tensor.rand([4000], using: Generator(seed: 1), dtype: .float64)
    let draws = levels.scalars(as: Double.self).map(law.quantile).sorted()
    let fit = GeneralizedPareto(fitting: draws, isRegularized: false)
    #expect(abs(fit.shape - shape) < 0.08)
    #expect(abs(fit.scale - 2) < 0.2)
  }

  /// Weights exp(s · e) of exponential e have a Pareto tail of shape s.
  @Test(arguments: [0.3, 0.8, 1.4]) func shapesOfKnownTails(_ shape: Double) {
    let draws = Tensor.exponential([20000], using: Generator(seed: 2), dtype: .float64) * shape
    let found = ParetoSmoothing(draws.scalars(as: Double.self))
    #expect(abs(found.shape - shape) < 0.3)
    #expect((found.warning != nil) == (shape > 0.7))
  }

  @Test func smoothingKeepsTheMeanOfTameWeights() {
    let draws = normal([4000], seed: 3) * 0.5
    let found = ParetoSmoothing(draws.scalars(as: Double.self))
    #expect(abs(found.logMean - 0.125) < 0.03)
    #expect(found.warning == nil)
  }

  @Test func warningsSayWhatToDo() {
    let heavy = Tensor.exponential([2000], using: Generator(seed: 4), dtype: .float64)
    let bad = ParetoSmoothing((heavy * 2).scalars(as: Double.self))
    #expect(bad.warning?.contains("no usable mean") == true)
    let poor = ParetoSmoothing((heavy * 0.85).scalars(as: Double.self))
    #expect(poor.warning?.contains("annealed importance sampling") == true)
    #expect(ParetoSmoothing.limit(count: 100) == 0.5)
    #expect(ParetoSmoothing.limit(count: 1_000_000) == 0.7)
  }

  @Test func equalWeightsHaveNoTail() {
    #expect(ParetoSmoothing([Double](repeating: -3, count: 100)).shape == .infinity)
  }
}
