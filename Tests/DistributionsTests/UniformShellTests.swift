import Distributions
import Testing
import Torch
import _TestSupport

@Suite struct UniformShellTests {
  /// The volume below each radius grows as its power d, so that it is uniform over a sample.
  @Test(arguments: [1, 2, 5]) func radiiAndDirectionsAreUniform(d: Int) {
    let shell = UniformShell(dimension: d, inner: 0.5, outer: 2, dtype: .float64)
    let points = shell.sample([20_000], using: Generator(seed: UInt64(d)))
    let norms = points.norm(dims: [1])
    let low = pow(Tensor(0.5, dtype: .float64), d)
    let high = pow(Tensor(2.0, dtype: .float64), d)
    let uniform = ((pow(norms, d) - low) / (high - low)).sorted().values
    let steps = Tensor.linspace(0, 1, count: 20_000, dtype: .float64)
    // Kolmogorov's distance exceeds 1.95/√n once in a thousand samples.
    #expect(abs(uniform - steps).max().item() < 1.95 / 20_000.0.squareRoot())
    #expect(abs((points / norms.unsqueezed(dim: 1)).mean(dim: 0)).max().item() < 0.03)
    #expect(abs(shell.logProbability(points) + shell.logVolume).max().item() == 0)
    let outside = Tensor.full([1, d], 3.0, dtype: .float64)
    #expect(shell.logProbability(outside).item() == -Double.infinity)
  }

  @Test func volumesAreThoseOfGeometry() {
    func volume(_ d: Int, _ inner: Double, _ outer: Double) -> Double {
      exp(
        Tensor(UniformShell(dimension: d, inner: inner, outer: outer).logVolume, dtype: .float64)
      ).item()
    }
    #expect(abs(volume(1, 0, 1) - 2) < 1e-12)
    #expect(abs(volume(2, 0.8, 1) - .pi * 0.36) < 1e-12)
    #expect(abs(volume(3, 0, 2) - 4.0 / 3 * .pi * 8) < 1e-10)
  }
}
