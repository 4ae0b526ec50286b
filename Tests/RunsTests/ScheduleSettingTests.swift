import Foundation
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Runs
import Testing
import Torch

/// The settings of the learning rate as they are written after `--set`.
@Suite struct ScheduleSettingTests {
  private func rates(_ settings: [String], steps: Int = 12) throws -> [Double] {
    var config = Config(TrainingSettings.schema)
    for setting in ["learning-rate=1"] + settings { try config.set(setting) }
    let toy = Toy { toy, _ in loss(toy.pair.first.value.sum()) }
    let schedule = TrainingSettings.optimizer(config, for: toy, steps: steps, examples: 8)
      .learningRate
    return (0..<steps).map { schedule($0) }
  }

  private func expect(
    _ found: [Double], _ value: (Double) -> Double,
    at place: SourceLocation = #_sourceLocation
  ) {
    for (step, rate) in found.enumerated() {
      #expect(abs(rate - value(Double(step))) < 1e-12, "step \(step)", sourceLocation: place)
    }
  }

  @Test func courses() throws {
    expect(try rates([])) { _ in 1 }
    expect(try rates(["schedule=linear", "final-rate=0.25"])) { 1 - 0.75 * $0 / 12 }
    expect(try rates(["schedule=cosine", "final-rate=0.1"])) {
      0.1 + 0.9 * (1 + cos(.pi * $0 / 12)) / 2
    }
    expect(try rates(["schedule=step"])) { pow(0.1, ($0 / 4).rounded(.down)) }
    expect(try rates(["schedule=step", "decay-every=5", "decay-factor=0.5"])) {
      pow(0.5, ($0 / 5).rounded(.down))
    }
    expect(try rates(["schedule=exponential", "decay-every=6", "decay-factor=0.5"])) {
      pow(0.5, $0 / 6)
    }
    let cycle = try rates(["schedule=one-cycle"], steps: 40)
    #expect(cycle.max() == 1 && cycle.firstIndex(of: 1) == 11, "a rise of three tenths")
    #expect(abs(cycle[0] - 0.04) < 1e-12 && abs(cycle[39] - 0.04 / 1e4) < 1e-12)
  }

  @Test func warmUpComesBefore() throws {
    let found = try rates(["schedule=linear", "warmup=4"])
    expect(found) { $0 < 4 ? 0.25 + 0.75 * $0 / 4 : 1 - ($0 - 4) / 8 }
  }

  @Test(arguments: [
    ("schedule=cosine", "schedule=cosine"), ("schedule=one-cycle", "schedule=one-cycle"),
    ("schedule=step", "schedule=step without decay-every"),
    ("kl-annealing=cyclical", "kl-annealing=cyclical"),
    ("kl-annealing=linear", "kl-annealing=linear without kl-warmup"),
  ])
  func aBudgetInMinutesHasNoLength(setting: String, named: String) throws {
    try withTemporaryFolder { folder in
      func found(_ more: [String]) throws -> String {
        var request = try smallRequest(in: folder, name: "run", set: [setting] + more)
        request.budget = .minutes(0.0001)
        return refusal { try TrainingSession(request) { _ in } }
      }
      let refused = try found([])
      #expect(
        refused == """
          \(named) needs the number of steps, found a budget in minutes
          use --steps or --epochs, or say --set schedule-steps=N; --dry-run estimates them
          """)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
      let accepted = try found(["schedule-steps=100"])
      #expect(accepted == "")
    }
  }

  @Test func whatNeedsNoLengthTakesMinutes() throws {
    try withTemporaryFolder { folder in
      let settings = [
        "schedule=exponential", "decay-every=9", "kl-annealing=linear", "kl-warmup=3", "warmup=2",
      ]
      var request = try smallRequest(in: folder, name: "run", set: settings)
      request.budget = .minutes(0.0001)
      #expect(try TrainingSession(request) { _ in }.train { false } == .finished)
    }
  }

  /// The table of the manual is that of the program.
  @Test func theManualHasEachSetting() throws {
    let manual = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../docs/TRAINING.md").standardizedFileURL
    let lines = try String(contentsOf: manual, encoding: .utf8).split(separator: "\n")
    let rows = lines.filter { $0.hasPrefix("| `") }.map(String.init)
    #expect(
      rows
        == TrainingSettings.schema.fields.map { field in
          let unit = field.unit.map { " \($0)" } ?? ""
          return
            "| `\(field.name)` | \(field.kind.expectation) | \(field.defaultText)\(unit) | \(field.help) |"
        })
  }
}
