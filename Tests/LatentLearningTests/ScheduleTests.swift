import LatentLearning
import Testing
import Torch

@Suite struct ScheduleTests {
  static let cases: [(String, Schedule)] = [
    ("constant", 0.1),
    ("step", .step(from: 0.1, every: 7, factor: 0.5)),
    ("multiStep", .step(from: 0.1, at: [5, 6, 20], factor: 0.3)),
    ("exponential", .exponential(from: 0.1, factor: 0.93)),
    ("cosine", .cosine(from: 0.1, to: 0.01, steps: 39)),
    ("linearWarmUp", Schedule.constant(0.1).warmedUp(over: 10, from: 0.1)),
    ("linearDecay", .linear(from: 0.1, to: 0.02, steps: 25)),
    ("factor", .constant(0.025, for: 9, then: 0.1)),
    ("polynomial", .polynomial(from: 0.1, steps: 30, power: 2)),
    ("warmRestarts", .cosineRestarts(from: 0.1, to: 1e-3, first: 6, growth: 2)),
    ("warmRestarts.equal", .cosineRestarts(from: 0.1, first: 9)),
    ("oneCycle", .oneCycle(peak: 0.1, steps: 40)),
    ("oneCycle.linear", .oneCycle(peak: 0.1, steps: 40, rise: 0.4, shape: .linear)),
    (
      "oneCycle.threePhase",
      .oneCycle(peak: 0.1, steps: 40, startFactor: 10, endFactor: 100, threePhases: true)
    ),
    ("chained", .constant(0.1, for: 5, then: 1) * .exponential(from: 0.1, factor: 0.9)),
    (
      "joined",
      Schedule.linear(from: 0.01, to: 0.1, steps: 8)
        .followed(by: .cosine(from: 0.1, steps: 20), after: 8)
        .followed(by: 0.002, after: 28)
    ),
  ]

  /// mod(t, ⌈T / M⌉) / (T / M) / R, at most 1: worked out by hand.
  @Test func cyclesRiseInTheirFirstPart() {
    let four = Schedule.cyclical(steps: 100)
    let expected = [
      0: 0, 1: 0.08, 6: 0.48, 12: 0.96, 13: 1, 24: 1, 25: 0, 37: 0.96, 50: 0, 75: 0, 99: 1, 100: 1,
      125: 1,
    ]
    for (step, value) in expected { #expect(Swift.abs(four(step) - value) < 1e-12, "step \(step)") }
    // ⌈10 / 4⌉ = 3 steps a cycle, as the formula rounds.
    let uneven = Schedule.cyclical(steps: 10, cycles: 4, proportion: 0.8)
    let values = [0, 0.5, 1, 0, 0.5, 1, 0, 0.5, 1, 0, 1]
    for (step, value) in values.enumerated() { #expect(Swift.abs(uneven(step) - value) < 1e-12) }
    let once = Schedule.cyclical(steps: 8, cycles: 1, proportion: 1)
    for step in 0..<12 { #expect(once(step) == min(Double(step) / 8, 1)) }
    #expect(Schedule.cyclical(steps: .max)(1) < 1e-15)
  }

  @Test func theExponentialFallsByItsFactorInAPeriod() {
    let schedule = Schedule.exponential(from: 0.1, factor: 0.5, over: 7)
    for step in 0..<40 {
      #expect(Swift.abs(schedule(step + 7) / schedule(step) - 0.5) < 1e-12)
      let stairs = Schedule.step(from: 0.1, every: 7, factor: 0.5)
      #expect(schedule(step) <= stairs(step) + 1e-15)
    }
    #expect(Swift.abs(schedule(14) - 0.025) < 1e-15)
  }

  /// PyTorch multiplies factors up step by step, so the last digits differ.
  @Test(arguments: cases) func equalsPyTorch(_ name: String, _ schedule: Schedule) throws {
    let recorded = try #require(try RecordedValues.group("schedule")[name])
    let rates = recorded.scalars(as: Double.self)
    #expect(rates.count == 40)
    for (step, rate) in rates.enumerated() {
      #expect(Swift.abs(schedule(step) - rate) < 1e-12, "\(name) step \(step)")
    }
  }

  @Test func lastValueIsHeld() {
    #expect(Schedule.cosine(from: 1, to: 0.25, steps: 10)(1000) == 0.25)
    #expect(Schedule.linear(from: 1, to: 0.25, steps: 10)(1000) == 0.25)
    #expect(Schedule.polynomial(from: 1, to: 0.5, steps: 10)(1000) == 0.5)
    #expect(abs(Schedule.oneCycle(peak: 1, steps: 10)(1000) - 1 / 25e4) < 1e-15)
  }

  @Test func warmUpEndsInTheScheduleFromItsStart() {
    let schedule = Schedule.cosine(from: 1, steps: 100).warmedUp(over: 4)
    #expect((0..<5).map { schedule($0) } == [0.25, 0.4375, 0.625, 0.8125, 1])
    #expect(schedule(104) == 0)
    #expect(Schedule.constant(2).warmedUp(over: 0)(0) == 2)
  }

  @Test func productsScale() {
    #expect((2 * Schedule.linear(from: 0, to: 1, steps: 4))(1) == 0.5)
  }
}
