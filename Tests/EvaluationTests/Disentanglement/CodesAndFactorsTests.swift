import Datasets
import Evaluation
import Testing
import Torch

@Suite struct CodesAndFactorsTests {
  private let codes = Tensor.randn([60, 2], using: Generator(seed: 1))
  private let factors = Tensor.arange(60).remainder(dividingBy: 3)

  private func problem(_ codes: Tensor, _ factors: Tensor) -> String {
    do {
      _ = try CodesAndFactors(codes: codes, factors: factors)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func whatIsWrongIsNamed() {
    #expect(
      problem(codes, factors[..<59])
        == "codes, factors: expected as many rows of each, found 60 codes and 59 factors")
    let broken = codes.setting(Double.nan, at: 17, 1)
    #expect(
      problem(broken, factors)
        == "codes: row 17, column 1: expected a finite number, found nan")
    let endless = factors.to(.float32).setting(Double.infinity, at: 5)
    #expect(
      problem(codes, endless) == "factors: row 5, column 0: expected a finite number, found inf")
    #expect(
      problem(codes, Tensor.full([60], 2))
        == "factor 0: expected a factor that varies, found the value 2.0 alone")
    #expect(problem(Tensor.zeros([0, 2]), factors).hasPrefix("codes: expected shape [n, d]"))
    #expect(problem(codes, Tensor.zeros([60, 0])).hasPrefix("factors: expected shape [n, k]"))
  }

  /// Classes are numbered from 0 in the order of their values, whatever these are.
  @Test func wholeNumbersAreClassesAndOthersReal() throws {
    let columns = stacked(
      [factors.to(.float32) * 7 - 3, Tensor.randn([60], using: Generator(seed: 2))], dim: 1)
    let data = try CodesAndFactors(codes: codes, factors: columns)
    let classes = try #require(data.factors[0].classes)
    #expect(classes.count == 3)
    #expect(classes.numbers.isEqual(to: factors))
    #expect(data.factors[1].classes == nil)
  }

  /// Where every example has its own whole number there are no classes to learn.
  @Test func manyDifferentWholeNumbersAreReal() throws {
    #expect(try CodesAndFactors(codes: codes, factors: Tensor.arange(60)).factors[0].classes == nil)
  }

  @Test func descriptionsDecide() throws {
    let real = try CodesAndFactors(
      codes: codes, factors: factors, described: [Factor(continuous: "angle")])
    #expect(real.factors[0].classes == nil && real.factors[0].name == "angle")
  }

  @Test func constantCodesAreKnown() throws {
    let some = concatenated([codes, Tensor.ones([60, 1]), codes], dim: 1)
    #expect(try CodesAndFactors(codes: some, factors: factors).constantCodes == [2])
  }
}
