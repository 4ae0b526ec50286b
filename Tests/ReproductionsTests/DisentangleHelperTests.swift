import Testing
import Torch
import _TestSupport

@testable import Reproductions

@Suite struct DisentangleHelperTests {
  /// A line of pixels whose column grows by `shear` a row.
  @Test(arguments: [-1.0, 0, 0.5]) func slantIsTheShear(shear: Double) {
    var pixels = [Double](repeating: 0, count: 144)
    for row in 2..<10 { pixels[12 * row + Int(5.5 + shear * (Double(row) - 5.5))] = 1 }
    let picture = Tensor(pixels, shape: [1, 1, 12, 12])
    #expect(abs(JointRepresentations.slants(of: picture).item() - shear) < 0.05)
  }

  /// Codes that are the factors are read well, noise not at all, whatever its scale.
  @Test func probesReadWhatIsThere() {
    let generator = Generator(seed: 1)
    func column(_ count: Int) -> Tensor {
      Tensor.randint(0..<count, [4000], using: generator).to(.float64)
    }
    let factors = stacked(
      [column(3), column(6), column(20), column(16), column(16)], dim: 1)
    let ones = Tensor.ones([1], dtype: .float64)
    let place = FactorProbe(codes: factors[.all, 3..<5], noise: ones, factors: factors)
    #expect(place.position > 0.95 && place.scale < 0.02 && place.shape < 0.02)
    let shape = FactorProbe(codes: factors[.all, 0..<2], noise: ones, factors: factors)
    #expect(shape.position < 0.02 && shape.scale > 0.95 && shape.shape > 0.95)
    let noise = Tensor.randn([4000, 2], using: generator, dtype: .float64)
    let mixed = FactorProbe(
      codes: concatenated([factors[.all, 3..<5], 100 * noise], dim: 1),
      noise: Tensor([1.0, 1, 1000, 1000], dtype: .float64), factors: factors)
    #expect(mixed.position > 0.95)
    let none = FactorProbe(codes: noise, noise: ones, factors: factors)
    #expect(none.position < 0.02 && none.scale < 0.02 && none.shape < 0.02)
  }
}
