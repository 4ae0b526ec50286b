import LatentNN
import Testing
import Torch

@testable import Reproductions

/// Closed forms against a search over the losses that they minimise.
@Suite struct LinearCollapseTests {
  /// The two-level loss of one mode at (u₁, w₁, u₂, w₂, log s₂), with all constants that matter.
  static func loss(
    _ law: LinearCollapse.Hierarchy, _ eigenvalue: Double, _ x: [Double]
  ) -> Double {
    let (u1, w1, u2, w2) = (x[0], x[1], x[2], x[3])
    let s2 = law.upper ?? exponential(x[4])
    let v = w1 * w1 * eigenvalue + law.lower
    let distortion = eigenvalue * (1 - u1 * w1) * (1 - u1 * w1) + u1 * u1 * law.lower
    let rate = (1 - u2 * w2) * (1 - u2 * w2) * v + u2 * u2 * s2
    let top = w2 * w2 * v + s2 - logarithm(s2)
    return distortion / (2 * law.noise) + law.beta1 * rate / (2 * law.middle)
      + 0.5 * law.beta2 * top
  }

  static func exponential(_ x: Double) -> Double { exp(Tensor(x, dtype: .float64)).item() }
  static func logarithm(_ x: Double) -> Double { log(Tensor(x, dtype: .float64)).item() }

  /// Every coordinate in turn by shrinking steps, from several starts.
  static func minimum(_ f: ([Double]) -> Double) -> (value: Double, at: [Double]) {
    var best = (value: Double.infinity, at: [Double]())
    for start in [[0.5, 0.5, 0.5, 0.5, 0.0], [1.5, 0.3, 1, 0.2, -1], [0.1, 0.1, 0.1, 0.1, 0]] {
      var (point, step) = (start, 0.25)
      var value = f(point)
      while step > 1e-6 {
        var improved = false
        for axis in point.indices {
          for sign in [1.0, -1] {
            var moved = point
            moved[axis] += sign * step
            let found = f(moved)
            if found < value { (point, value, improved) = (moved, found, true) }
          }
        }
        if !improved { step /= 2 }
      }
      if value < best.value { best = (value, point) }
    }
    return best
  }

  @Test(arguments: [nil, 0.3], [3.0, 0.3, 0.05])
  func theTwoLevelOptimumIsTheMinimum(upper: Double?, eigenvalue: Double) {
    for (beta1, beta2) in [(1.0, 1.0), (0.5, 1.5)] {
      let law = LinearCollapse.Hierarchy(
        noise: 0.25, middle: 0.36, lower: 0.25, upper: upper, beta1: beta1, beta2: beta2)
      let found = Self.minimum { Self.loss(law, eigenvalue, $0) }
      #expect(abs(abs(found.at[0]) - law.first(eigenvalue)) < 0.01, "U₁ at β \(beta1), \(beta2)")
      #expect(abs(abs(found.at[2]) - law.second(eigenvalue)) < 0.01, "U₂ at β \(beta1), \(beta2)")
    }
  }

  @Test func theConditionalOptimumHasAThreshold() {
    let values = LinearCollapse.conditional([1, 0.31, 0.29], beta: 1.5, noise: 0.2)
    #expect(abs(values[0] - 0.7.squareRoot()) < 1e-12)
    #expect(abs(values[1] - 0.01.squareRoot()) < 1e-9 && values[2] == 0)
  }

  /// A short training of the two-level model goes to its closed form.
  @Test func trainedModelsReachTheClosedForm() throws {
    let noise = Generator(seed: 1)
    let data =
      Tensor.randn([400, 3], using: noise, dtype: .float64)
      * Tensor([2, 1, 0.4], dtype: .float64)
    let law = LinearCollapse.Hierarchy(noise: 0.25, middle: 0.36, lower: 0.25, upper: nil)
    let model = LinearHierarchicalVAE(data: data, latent: 3, law: law, using: Generator(seed: 2))
    try model.train(Trial(seed: 1, minutes: 5), steps: 1500)
    let values = LinearAlgebra.singularValues(data).scalars(as: Double.self).map { $0 * $0 / 400 }
    let found = LinearAlgebra.singularValues(model.u1.value.detached()).scalars(as: Double.self)
    for (a, b) in zip(found, values.map { law.first($0) }.sorted(by: >)) {
      #expect(abs(a - b) < 0.02, "\(a) instead of \(b)")
    }
  }
}
