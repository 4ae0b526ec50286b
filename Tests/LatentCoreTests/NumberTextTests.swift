import LatentCore
import Testing

struct NumberTextTests {
  @Test(arguments: [
    (-103.2149, 2, "-103.21"), (0.005, 2, "0.01"), (1.999, 2, "2.00"), (-0.001, 2, "0.00"),
    (2.5, 0, "3"), (0, 1, "0.0"), (12.05, 3, "12.050"), (.nan, 2, "nan"), (-.infinity, 2, "-inf"),
    (1e15, 2, "1.00e15"), (999_999_999.9999, 3, "1000000000.000"),
  ])
  func fixed(value: Double, decimals: Int, text: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == text)
  }

  @Test(arguments: [
    (-103.2149, 5, "-103.21"), (78.04, 3, "78.0"), (25.16, 3, "25.2"), (0.0012, 3, "0.00120"),
    (1.5e-5, 3, "1.50e-5"), (123_456, 3, "123456"), (12_345_678, 3, "1.23e7"),
    (-9.9996e9, 3, "-1.00e10"), (0, 3, "0.00"), (.leastNonzeroMagnitude, 3, "4.94e-324"),
    (1, 3, "1.00"),
  ])
  func significant(value: Double, digits: Int, text: String) {
    #expect(NumberText.significant(value, digits: digits) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (2310, "2,310"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func grouped(value: Int, text: String) { #expect(NumberText.grouped(value) == text) }

  @Test(arguments: [(2310.4, "2,310"), (99.96, "100.0"), (12.34, "12.3"), (0.05, "0.0500")])
  func rate(value: Double, text: String) { #expect(NumberText.rate(value) == text) }

  @Test(arguments: [
    (0, "0:00"), (12.9, "0:12"), (725, "12:05"), (3_753, "1:02:33"), (274_200, "3 d 04:10"),
    (-1, "?"), (.infinity, "?"),
  ])
  func duration(seconds: Double, text: String) {
    #expect(NumberText.duration(seconds: seconds) == text)
  }

  @Test(arguments: [
    (0, "0"), (-103.4237, "-103.4"), (0.00123456, "0.001235"), (1234.6, "1235"),
    (123_456, "123456"),
    (123_456.7, "123457"), (1.5e-7, "1.5e-07"), (0.1 + 0.2, "0.3"), (-0.0, "0"), (2e20, "2e+20"),
    (.nan, "no number"), (.infinity, "∞"), (-.infinity, "-∞"),
  ])
  func short(value: Double, text: String) { #expect(NumberText.short(value) == text) }

  @Test(arguments: [(3.2, 1), (32, 0), (0.32, 2), (0.0017, 4), (0, 2), (1e-30, 8), (.infinity, 2)])
  func placesThatAnUncertaintySupports(width: Double, places: Int) {
    #expect(NumberText.decimals(forUncertainty: width) == places)
  }
}
