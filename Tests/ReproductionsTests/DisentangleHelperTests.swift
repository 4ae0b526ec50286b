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

  /// Codes that are the factors are read perfectly, noise not at all.
  @Test func probesReadWhatIsThere() {
    let generator = Generator(seed: 1)
    func column(_ count: Int) -> Tensor {
      Tensor.randint(0..<count, [4000], using: generator).to(.float64)
    }
    let factors = stacked(
      [column(3), column(6), column(20), column(16), column(16)], dim: 1)
    let shapes = factors[.all, 0].to(.int64).oneHot(classes: 3).to(.float64)
    let all = FactorProbe(
      codes: concatenated([shapes[.all, 0..<2], factors], dim: 1), factors: factors)
    #expect(all.position > 0.999 && all.scale > 0.999 && all.shape > 0.999)
    let noise = FactorProbe(
      codes: Tensor.randn([4000, 4], using: generator), factors: factors)
    #expect(abs(noise.position) < 0.02 && abs(noise.scale) < 0.02 && abs(noise.shape) < 0.02)
    let place = FactorProbe(codes: factors[.all, 3..<5], factors: factors)
    #expect(place.position > 0.999 && place.scale < 0.02)
  }
}
