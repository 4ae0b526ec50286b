import Testing

@testable import Report

@Suite struct AxisScaleTests {
  @Test(arguments: [
    (-45.0, -21.0), (0, 1), (0.0001, 0.00037), (1e6, 5e6), (-1, 1), (99.9, 100.1), (3, 3),
  ])
  func ticksAreRoundInsideAndEvenlySpaced(range: (Double, Double)) {
    let scale = AxisScale([range.0, range.1]).padded()
    let ticks = scale.ticks(about: 5)
    #expect((3...9).contains(ticks.count))
    for tick in ticks {
      #expect(tick.value >= scale.lower && tick.value <= scale.upper)
      #expect(Double(tick.text) == tick.value || abs(Double(tick.text)! / tick.value - 1) < 1e-5)
    }
    let gaps = zip(ticks, ticks.dropFirst()).map { $1.value - $0.value }
    for gap in gaps { #expect(abs(gap / gaps[0] - 1) < 1e-6) }
  }

  @Test func logarithmicScalesMarkDecadesAndLeaveOutZero() {
    let scale = AxisScale([0, -3, 1, 1000], isLogarithmic: true)
    #expect(scale.ticks(about: 5).map(\.text) == ["1", "10", "100", "1000"])
    #expect(scale.position(0) == nil && scale.position(-1) == nil)
    #expect(abs((scale.position(10) ?? 0) - 1.0 / 3) < 1e-12)
  }

  @Test func barsStandOnZero() {
    let scale = AxisScale([3, 5], includesZero: true).padded()
    #expect(scale.lower == 0 && scale.upper > 5)
  }

  @Test func nothingAndWhatIsNoNumberStillGiveAScale() {
    for scale in [
      AxisScale([]), AxisScale([.nan, .infinity]), AxisScale([-1], isLogarithmic: true),
    ] {
      #expect(scale.lower < scale.upper)
      #expect(scale.position(.nan) == nil)
    }
  }
}

@Suite struct ReductionTests {
  @Test func theEndsAndEveryPeakAreKept() {
    var values = (0..<10_000).map { Double($0 % 10) }
    values[1234] = 99
    values[8765] = -99
    let places = Reduction.places(of: values, limit: 200)
    #expect(places.count <= 200)
    #expect(places == places.sorted())
    #expect([0, 1234, 8765, 9999].allSatisfy(places.contains))
  }

  @Test func shortCurvesKeepAllPoints() {
    #expect(Reduction.places(of: [3, 1, 2], limit: 4) == [0, 1, 2])
  }

  @Test func aStretchWithoutNumbersStaysAGap() {
    var values = [Double](repeating: 1, count: 1000)
    values.replaceSubrange(400..<600, with: [Double](repeating: .nan, count: 200))
    let places = Reduction.places(of: values, limit: 50)
    #expect(places.contains { values[$0].isNaN })
  }
}
