import Foundation
import LatentCore
import Testing

@testable import Reproductions

/// Counts how often it is measured and stops at a seed, as a kill would.
private final class Interrupted: Reproduction, @unchecked Sendable {
  struct Killed: Error {}

  let limit: Double
  var stop: UInt64?
  var measuredSeeds: [UInt64] = []

  init(limit: Double = 1, stop: UInt64? = nil) {
    self.limit = limit
    self.stop = stop
  }

  var paper: String { "P109" }
  var claim: String { "numbers" }
  var baseline: String { "none" }
  var data: String { "none" }
  var minutesPerSeed: Double { 1 }
  var seeds: Int { 3 }
  var criteria: [Criterion] { [Criterion("number", .atMost(limit), "a number")] }

  func measure(_ trial: Trial) throws -> [String: Double] {
    if trial.seed == stop { throw Killed() }
    measuredSeeds.append(trial.seed)
    return ["number": trial.seed == 2 ? 0.1 + 0.2 : .nan]
  }
}

@Suite struct SeedJournalTests {
  private let folder = "\(FileManager.default.temporaryDirectory.path)/\(UUID().uuidString)/deep"

  @Test func aRunThatWasEndedGoesOnWithTheNextSeed() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let experiment = Interrupted(stop: 3)
    let journal = SeedJournal(for: experiment, folder: folder)
    #expect(throws: Interrupted.Killed.self) { try experiment.run(seeds: 3, journal: journal) }
    #expect(Set(journal.read().keys) == [1, 2])

    experiment.stop = nil
    var kept: [UInt64: Bool] = [:]
    let result = try experiment.run(seeds: 3, journal: journal) { seed, _, isKept in
      kept[seed] = isKept
    }
    #expect(experiment.measuredSeeds == [1, 2, 3])
    #expect(kept == [1: true, 2: true, 3: false])
    // Numbers come back to the last bit, and one that is no number stays none.
    let values = result.claims[0].values
    #expect(values.count == 3 && values[0].isNaN && values[1] == 0.1 + 0.2 && values[2].isNaN)
  }

  @Test func aFinishedRunIsGivenMoreSeeds() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let experiment = Interrupted(stop: nil)
    let journal = SeedJournal(for: experiment, folder: folder)
    _ = try experiment.run(seeds: 2, journal: journal)
    let more = try experiment.run(seeds: 4, journal: journal)
    #expect(experiment.measuredSeeds == [1, 2, 3, 4] && more.claims[0].values.count == 4)
    let fewer = try experiment.run(seeds: 1, journal: journal)
    #expect(fewer.claims[0].values.count == 1 && journal.read().count == 4)
  }

  @Test func anotherExperimentOrADamagedFileCountsAsEmpty() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let journal = SeedJournal(for: Interrupted(), folder: folder)
    try journal.write([1: SeedNumbers(values: ["number": 1], minutes: 2)])
    #expect(journal.read() == [1: SeedNumbers(values: ["number": 1], minutes: 2)])
    #expect(SeedJournal(for: Interrupted(limit: 2), folder: folder).read().isEmpty)
    try "{\"seeds\": [".write(toFile: journal.path, atomically: true, encoding: .utf8)
    #expect(journal.read().isEmpty)
  }

  @Test func aQuickRunKeepsNothing() throws {
    let experiment = Interrupted()
    let journal = SeedJournal(for: experiment, folder: folder)
    _ = try experiment.run(seeds: 1, isQuick: true, journal: journal)
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
