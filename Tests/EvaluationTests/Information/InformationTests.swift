import Evaluation
import Foundation
import Testing
import Torch
import _TestSupport

@Suite struct InformationTests {
  /// Pairs of normal numbers of correlation ρ, `[n, dimensions]` each; their information is −½ d log(1 − ρ²).
  static func pair(
    _ rho: Double, count: Int, dimensions: Int = 1, seed: UInt64 = 1
  ) -> (Tensor, Tensor) {
    let x = normal([count, dimensions], seed: seed)
    let noise = normal([count, dimensions], seed: seed + 100)
    return (x, rho * x + (1 - rho * rho).squareRoot() * noise)
  }

  static func information(_ rho: Double, dimensions: Int = 1) -> Double {
    -0.5 * Double(dimensions) * log(1 - rho * rho)
  }

  @Test func ksgEqualsRecorded() throws {
    let data = try RecordedCodes()
    let pair = try data.tensor("pair")
    let found = try ksgMutualInformation(pair[.all, 0..<1], pair[.all, 1..<2])
    // scikit-learn adds noise of 1e-10 and does not centre.
    #expect(abs(found.value - (try data.number("ksg"))) < 2e-3)
  }

  @Test(arguments: [0.0, 0.5, 0.9], KSGForm.allCases)
  func ksgOfCorrelatedNormals(_ rho: Double, _ form: KSGForm) throws {
    let (x, y) = Self.pair(rho, count: 2000)
    let found = try ksgMutualInformation(x, y, form: form)
    #expect(abs(found.value - Self.information(rho)) < 0.06)
    #expect(found.unit == "nat" && found.count == 2000)
  }

  @Test func ksgDoesNotSeeMonotoneMaps() throws {
    let (x, y) = Self.pair(0.8, count: 1500)
    let found = try ksgMutualInformation(x * 1000, exp(y) - 5)
    #expect(abs(found.value - Self.information(0.8)) < 0.08)
  }

  @Test func aConstantHasNoInformation() throws {
    let (x, _) = Self.pair(0, count: 300)
    let constant = Tensor.ones([300, 1], dtype: .float64)
    #expect(abs(try ksgMutualInformation(x, constant).value) < 1e-9)
  }

  @Test func repeatedPairsAreRefused() {
    let few = Tensor.randint(0..<3, [100, 1], using: Generator(seed: 1)).to(.float64)
    expectRefusal("occurs more than 3 times") { _ = try ksgMutualInformation(few, few) }
    expectRefusal("as many rows") { _ = try ksgMutualInformation(few, few[0..<4]) }
    expectRefusal("expected k from 1 to 3") {
      _ = try ksgMutualInformation(normal([4, 1], seed: 1), normal([4, 1], seed: 2), k: 4)
    }
  }

  /// With the exact critic log p(x, y)/p(x)p(y) every bound is the information, in the mean.
  @Test(arguments: [InformationBound.nwj, .mine, .smile(clip: 20), .infoNCE])
  func theExactCriticGivesTheInformation(_ bound: InformationBound) {
    let rho = 0.6
    let (x, y) = Self.pair(rho, count: 1500, seed: 5)
    let r = 1 - rho * rho
    let cross = matmul(x, y.transposed()) * (rho / r)
    let squares = (squared(x) + squared(y).transposed()) * (-rho * rho / (2 * r))
    let scores = cross + squares + Self.information(rho)
    #expect(abs(bound(scores).item() - Self.information(rho)) < 0.06)
  }

  @Test func infoNCECannotExceedTheLogOfItsBatch() {
    let perfect = 1000 * Tensor.eye(32, dtype: .float64)
    #expect(abs(InformationBound.infoNCE(perfect).item() - log(32)) < 1e-9)
    #expect(InformationBound.smile(clip: 5)(perfect).item() > log(32))
  }

  @Test func trainedCriticsFindTheInformation() throws {
    let (x, y) = Self.pair(0.8, count: 4000, dimensions: 2, seed: 7)
    let truth = Self.information(0.8, dimensions: 2)
    let options = CriticOptions(units: 32, batchSize: 64, steps: 400, learningRate: 3e-3, seed: 3)
    for (bound, slack) in [
      (InformationBound.infoNCE, 0.15), (.smile(), 0.2), (.mine, 0.2), (.nwj, 0.25),
    ] {
      let found = try neuralMutualInformation(x, y, bound: bound, options: options)
      #expect(abs(found.value - truth) < slack, "\(bound.name)")
      #expect(found.bound == "\(bound.name)-64")
      #expect(found.interval[0] < found.value && found.value < found.interval[1])
    }
  }

  /// A critic sees nothing in noise, because it is judged on pairs that it was not trained on.
  @Test func independentVariablesHaveNoInformation() throws {
    let (x, y) = Self.pair(0, count: 600, dimensions: 3, seed: 9)
    let options = CriticOptions(units: 32, batchSize: 64, steps: 150, seed: 1)
    for bound in [InformationBound.infoNCE, .mine] {
      #expect(try neuralMutualInformation(x, y, bound: bound, options: options).value < 0.05)
    }
  }

  @Test func fewPairsAreRefused() {
    let (x, y) = Self.pair(0.5, count: 200)
    expectRefusal("two batches of 64") {
      _ = try neuralMutualInformation(x, y, bound: .infoNCE)
    }
  }
}
