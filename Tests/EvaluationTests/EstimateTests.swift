import Evaluation
import Testing
import Torch

@Suite struct EstimateTests {
  @Test func meanAndIntervalOfKnownNumbers() {
    let estimate = Estimate(of: [1, 2, 3, 4, 5], unit: "nat")
    #expect(estimate.value == 3)
    // s² = 2.5, so the half width is 1.96 · √(2.5/5).
    #expect(abs(estimate.interval[1] - (3 + 1.96 * 0.5.squareRoot())) < 1e-12)
    #expect(abs(estimate.interval[0] + estimate.interval[1] - 6) < 1e-12)
  }

  @Test func oneValueIsItsOwnInterval() {
    #expect(Estimate(of: [7], unit: "").interval == [7, 7])
  }

  /// 1,000 samples of 50 normal numbers: the truth is covered in 92 to 97 of 100.
  @Test func theIntervalCoversTheMeanAsOftenAsItSays() {
    let all = Tensor.randn([1000, 50], using: Generator(seed: 11), dtype: .float64)
    let rows = all.scalars(as: Double.self)
    let hits = (0..<1000).count { row in
      let ends = Estimate(of: Array(rows[row * 50..<(row + 1) * 50]), unit: "").interval
      return ends[0] <= 0 && 0 <= ends[1]
    }
    #expect((920...970).contains(hits))
  }
}
