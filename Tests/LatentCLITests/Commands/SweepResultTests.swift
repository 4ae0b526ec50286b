import Evaluation
import LatentCore
import Runs
import Testing

@testable import LatentCLI

/// What is made of the runs of a sweep.
@Suite struct SweepResultTests {
  /// A sweep over `beta` with a list of test ELBOs for each value; nil for a run that is not finished.
  static func result(_ values: [[Double?]]) -> SweepResult {
    let plan = SweepPlan(
      recipe: "vae", data: "digits", config: [:],
      axes: [SweepAxis("beta", values.indices.map { "\($0)" })],
      seeds: values[0].indices.map { UInt64($0) }, budget: nil, device: "cpu")
    let runs = zip(plan.points, values.joined()).map { point, value in
      SweptRun(
        point: point, path: point.name,
        metrics: value.map {
          [
            "elbo": Estimate(of: [$0], unit: "nat", bound: "ELBO"),
            "elbo-bits-per-dim": Estimate(of: [-$0], unit: "bit/dim", bound: "ELBO"),
          ]
        })
    }
    return SweepResult(runs, leading: "elbo")
  }

  @Test func aChoiceIsBestOnlyBeyondAllIntervals() throws {
    let apart = Self.result([[-100, -101], [-80, -81], [-120, -121]])
    #expect(apart.metrics.map(\.name) == ["elbo", "elbo-bits-per-dim"])
    for metric in apart.metrics {
      #expect(apart.best(metric)?.settings.map(\.value) == ["1"])
    }
    // By Student's t over two seeds: -90.5 ± 12.7 · 0.5 and -80.5 ± 12.7 · 0.5 touch.
    let touching = Self.result([[-90, -91], [-80, -81]])
    let oneSeed = Self.result([[-100], [-80]])
    let unfinished = Self.result([[-100, -101], [-80, nil]])
    let alone = Self.result([[-100, -101]])
    for result in [touching, oneSeed, unfinished, alone] {
      #expect(result.metrics.allSatisfy { result.best($0) == nil })
    }
  }

  @Test func aMetricThatARunLacksIsLeftOut() {
    let runs = Self.result([[-1, -2]]).groups[0].runs
    var metrics = runs[0].metrics ?? [:]
    metrics["elbo"] = nil
    let fewer = SweptRun(point: runs[0].point, path: "", metrics: metrics)
    #expect(
      SweepResult([fewer, runs[1]], leading: "elbo").metrics.map(\.name) == ["elbo-bits-per-dim"])
  }

  @Test func theTableSaysHowManySeedsItStandsOn() {
    var text = ""
    let console = Console(isJSON: false, out: { text += $0 }, error: { _ in })
    SweepView(Self.result([[-100, -101], [-80, nil]])).show(on: console)
    let lines = text.split(separator: "\n")
    #expect(lines[0].hasPrefix("beta  seeds"))
    #expect(lines[2].contains("2 ") && lines[2].contains("-106.853 to -94.147"))
    #expect(lines[3].contains("1 of 2") && lines[3].contains("one seed"))
    #expect(text.contains("none is marked best"))
  }

  @Test(
    arguments: [
      ("5", [0, 1, 2, 3, 4]), ("3,7", [3, 7]), ("10..12", [10, 11, 12]), ("7..7", [7]),
      ("0..1,5", [0, 1, 5]),
    ] as [(String, [UInt64])])
  func seedsAreACountAListOrARange(text: String, seeds: [UInt64]) {
    #expect(SeedList(argument: text)?.seeds == seeds)
  }

  @Test(arguments: [
    "0", "-1", "", "3,3", "5..3", "1..", "a", "1,,2", "0..99999", "10001", "0..1,1",
  ])
  func otherSeedsAreRefused(text: String) {
    #expect(SeedList(argument: text) == nil)
  }

  @Test func tasksAndAnswersAreReadAsTheyWereWritten() throws {
    let settings = [
      SweepSetting(key: "prior", value: "a \"b\"\n,{}"), SweepSetting(key: "beta", value: "1e-3"),
    ]
    let text = """
      {"run": "runs/s/1 é", "settings": {"prior": "a \\"b\\"\\n,{}", "beta": "1e-3"}, "seed": "\(UInt64.max)"}
      """
    let task = try #require(SweepTask(text))
    #expect(task.settings == settings && task.seed == .max && task.run == "runs/s/1 é")
    #expect(!task.line.contains("\n") && SweepTask(task.line) == task)
    for answer: SweepAnswer in [
      .progress(0.25), .finished, .interrupted,
      .failed(SweepFailure(reason: "\"a\"\nb", remedy: "c")),
    ] {
      #expect(!answer.line.contains("\n") && SweepAnswer(answer.line) == answer)
    }
    #expect(SweepAnswer("half a li") == nil && SweepTask("{}") == nil)
  }
}
