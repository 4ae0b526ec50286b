import Testing
import Torch
import _TestSupport

@Suite struct ArithmeticTests {
  @Test func arithmeticIsThatOfPyTorch() throws {
    var f = try RecordedFamily("arithmetic")
    let (x, y, row, p) = try (f.input("x"), f.input("y"), f.input("row"), f.input("p"))
    let (i, j) = try (f.input("i"), f.input("j"))
    f.check("add", x + y)
    f.check("subtract", x - row)
    f.check("multiply", x * row)
    f.check("divide", x / p)
    f.check("negative", -x)
    f.check("add_scalar", x + 2.5)
    f.check("scalar_minus", 1 - x)
    f.check("scalar_over", 2 / p)
    f.check("divide_scalar", i / 2)
    f.check("remainder", i.remainder(dividingBy: 3))
    f.check("remainder_tensor", i.remainder(dividingBy: j))
    f.check("floor_divide", i.floorDivided(by: j))
    f.check("power", pow(p, 2.5))
    f.check("power_tensor", pow(p, x))
    f.check("power_base", pow(2.0, x))
    f.check("lerp", lerp(x, y, weight: 0.3))
    f.check("maximum", maximum(x, row))
    f.check("minimum", minimum(x, row))
    f.check("atan2", atan2(x, y))
    f.check("log_add_exp", logAddExp(x, y))
    f.check("x_log_y", xLogY(x, p))
    f.check("hypot", hypot(x, y))
    f.finish()
  }

  @Test func assignmentRebindsAndLeavesTheOldTensor() {
    let old = Tensor([1.0, 2.0])
    var x = old
    x += 1
    x *= Tensor([2.0, 3.0])
    x -= Tensor([1.0, 1.0])
    x /= 2
    expectClose(x, Tensor([1.5, 4.0]))
    expectClose(old, Tensor([1.0, 2.0]))
  }

  @Test func comparisonsAndMasksAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("comparison")
    let (x, y, row) = try (f.input("x"), f.input("y"), f.input("row"))
    let (i, j, gap) = try (f.input("i"), f.input("j"), f.input("gap"))
    let axis = Tensor([true, false], shape: [2])
    let sides = meshgrid([axis, axis])
    _ = row
    f.check("eq", i .== j)
    f.check("ne", i .!= j)
    f.check("lt", x .< y)
    f.check("le", i .<= j)
    f.check("gt", x .> y)
    f.check("ge", i .>= j)
    f.check("eq_scalar", i .== 1)
    f.check("ne_scalar", i .!= 1)
    f.check("lt_scalar", x .< 0.5)
    f.check("le_scalar", i .<= 1)
    f.check("gt_scalar", x .> 0.5)
    f.check("ge_scalar", i .>= 1)
    f.check("conj", sides[0] .& sides[1])
    f.check("disj", sides[0] .| sides[1])
    f.check("either", sides[0] .^ sides[1])
    f.check("inverse", .!sides[0])
    f.check("nan", gap.isNaN)
    f.check("inf", gap.isInfinite)
    f.check("finite", gap.isFinite)
    f.check("where", x.replacing(with: y, where: x .> 0))
    f.check("fill", x.replacing(with: -1, where: x .> 0))
    f.check(
      "finite_numbers",
      gap.replacingNonFinite(nan: 7, positiveInfinity: 8, negativeInfinity: -8))
    f.check("close", x.isClose(to: x + 1e-6 * y))
    f.check("isin", i.isIn(Tensor([1, 3])))
    f.finish()
  }

  @Test func closenessIsOneSidedAndKnowsNaN() {
    let x = Tensor([1.0, Double.nan], dtype: .float64)
    #expect(!x.allClose(to: x))
    #expect(x.allClose(to: x, nanIsEqual: true))
    #expect(Tensor([100.0]).allClose(to: Tensor([101.0]), relative: 0.00995))
    #expect(!Tensor([101.0]).allClose(to: Tensor([100.0]), relative: 0.00995))
  }

  @Test func typesOfTensorsBesideNumbersFollowTheRule() throws {
    let f = try RecordedFamily("arithmetic")
    let table = try #require(f.metadata["promotion"]).split(separator: "\n")
    #expect(table.count > 100)
    for line in table {
      let fields = line.split(separator: " ").map(String.init)
      let dtype = try #require(DType.allCases.first { "\($0)" == fields[0] })
      let tensor = Tensor.ones([2], dtype: dtype)
      let result =
        switch fields[1] {
        case "Int": combine(tensor, 3, fields[2], fields[3])
        case "Double": combine(tensor, 2.5, fields[2], fields[3])
        default: combine(tensor, true, fields[2], fields[3])
        }
      #expect("\(result.dtype)" == fields[4], "\(line)")
      #expect(result[0].to(.float64).item() == Double(fields[5]), "\(line)")
    }
  }

  private func combine<S: TensorScalar>(
    _ tensor: Tensor, _ scalar: S, _ symbol: String, _ side: String
  ) -> Tensor {
    switch (symbol, side) {
    case ("+", "left"): tensor + scalar
    case ("+", _): scalar + tensor
    case ("-", "left"): tensor - scalar
    case ("-", _): scalar - tensor
    case ("*", "left"): tensor * scalar
    case ("*", _): scalar * tensor
    case ("/", "left"): tensor / scalar
    default: scalar / tensor
    }
  }

  @Test func swiftNumbersNameTheirTypes() {
    #expect(Double.dtype == .float64 && Float.dtype == .float32)
    #expect(Int.dtype == .int64 && Bool.dtype == .bool)
    #expect(Tensor([Float(1)], shape: [1]).dtype == .float32)
    #expect(Tensor([1.0], shape: [1]).dtype == .float64)
    #expect(Tensor([true], shape: [1]).dtype == .bool)
    #expect((Tensor.ones([1], dtype: .float16) * Float(2)).dtype == .float16)
  }
}
