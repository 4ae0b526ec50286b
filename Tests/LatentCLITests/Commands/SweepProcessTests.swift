import Foundation
import LatentCore
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Sweeps as processes: the bits of their runs, what is skipped, what a death or a failure costs.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct SweepProcessTests {
  static let shared = [
    "--data", "digits", "--set", "hidden=16", "--set", "latent=3", "--threads", "1", "--out", ".",
  ]
  static let sweep =
    ["sweep", "vae"] + shared + ["--grid", "beta=1,4", "--seeds", "2"]
  static let names = [
    "1-beta-1-seed-0", "2-beta-1-seed-1", "3-beta-4-seed-0", "4-beta-4-seed-1",
  ]

  static func files(_ run: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for name in [
      "checkpoints/state.safetensors", "checkpoints/last.safetensors",
      "checkpoints/best.safetensors", "events.jsonl", "evaluation.json",
    ] { files[name] = FileManager.default.contents(atPath: "\(run)/\(name)") }
    return files
  }

  static func run(_ words: [String], in folder: String) throws -> LatentProcess.Outcome {
    try LatentProcess(words, in: folder).wait()
  }

  @Test func itsRunsAreThoseOfTrainHoweverManyAtATime() throws {
    try withTemporaryFolder { folder in
      for jobs in ["1", "3"] {
        let outcome = try Self.run(
          Self.sweep + ["--epochs", "2", "--jobs", jobs, "--name", "jobs-\(jobs)"], in: folder)
        #expect(outcome.code == 0, "\(outcome.error)")
        #expect(outcome.out.contains("report ./jobs-\(jobs)/report.html\n"))
      }
      let train = try Self.run(
        ["train", "vae"] + Self.shared + [
          "--set", "beta=4", "--seed", "1", "--epochs", "2", "--name", "alone",
        ], in: folder)
      #expect(train.code == 0, "\(train.error)")
      let alone = Self.files("\(folder)/alone")
      #expect(alone.count == 5)
      for jobs in ["1", "3"] {
        #expect(Self.files("\(folder)/jobs-\(jobs)/\(Self.names[3])") == alone)
      }
      for name in Self.names {
        let both = ["1", "3"].map { Self.files("\(folder)/jobs-\($0)/\(name)") }
        #expect(both[0] == both[1] && both[0].count == 5)
      }
    }
  }

  @Test func finishedRunsAreSkippedAndTheDocumentIsWhole() throws {
    try withTemporaryFolder { folder in
      let words = Self.sweep + ["--steps", "20", "--json"]
      let first = try Self.run(words, in: folder)
      #expect(first.code == 0, "\(first.error)")
      let document = try JSON5Reader.object(first.out, source: "stdout")
      let sweep = try #require(document["sweep"]?.text)
      #expect(document["status"]?.text == "finished" && document["finished"]?.whole == 4)
      #expect(document["failed"]?.elements?.count == 0)
      let choices = try #require(document["choices"]?.elements)
      #expect(choices.map { $0["settings"]?["beta"]?.whole } == [1, 4])
      #expect(choices.allSatisfy { $0["metrics"]?["elbo"]?["n"]?.whole == 2 })
      let runs = choices.flatMap { $0["runs"]?.elements ?? [] }
      #expect(runs.map { $0["run"]?.text } == Self.names.map { "\(sweep)/\($0)" })
      let before = Self.names.map { Self.files("\(folder)/\(sweep)/\($0)") }
      let again = try Self.run(words, in: folder)
      #expect(again.code == 0)
      #expect(again.error == "sweep \(sweep)\n4 runs, 4 finished before\n")
      #expect(
        again.out.replacing("\"jobs\": 1", with: "") == first.out.replacing("\"jobs\": 1", with: "")
      )
      #expect(Self.names.map { Self.files("\(folder)/\(sweep)/\($0)") } == before)
      // Other commands take its runs as they are.
      let list = try Self.run(["list", "runs", "--out", sweep], in: folder)
      #expect(Self.names.allSatisfy { list.out.contains($0) })
      let place = try Self.run(["list", "runs", "--out", "."], in: folder)
      #expect(place.code == 0 && place.error.contains("latent list runs --out ./"))
      let resumed = try Self.run(["resume", "\(sweep)/\(Self.names[0])"], in: folder)
      #expect(resumed.code == 0 && Self.files("\(folder)/\(sweep)/\(Self.names[0])") == before[0])
    }
  }

  @Test func killedAtRandomInstantsItEndsWithTheBytesOfAWholeOne() throws {
    try withTemporaryFolder { folder in
      let words = Self.sweep + ["--epochs", "8", "--set", "checkpoint-seconds=0.01"]
      let whole = try Self.run(words + ["--name", "whole"], in: folder)
      #expect(whole.code == 0, "\(whole.error)")
      for round in 0..<2 {
        let process = try LatentProcess(words + ["--name", "killed"], in: folder)
        #expect(
          eventually {
            FileManager.default.fileExists(
              atPath: "\(folder)/killed/\(Self.names[round * 2])/events.jsonl")
          })
        usleep(UInt32.random(in: 0..<200_000))
        process.signal(SIGKILL)
        _ = try process.wait()
      }
      let last = try Self.run(["sweep", "--resume", "killed"], in: folder)
      #expect(last.code == 0, "\(last.error)")
      for name in Self.names {
        #expect(Self.files("\(folder)/killed/\(name)") == Self.files("\(folder)/whole/\(name)"))
      }
    }
  }

  @Test func aRequestToStopKeepsEverythingAndSaysHowToGoOn() throws {
    try withTemporaryFolder { folder in
      let process = try LatentProcess(
        Self.sweep + ["--epochs", "100000", "--name", "sweep", "--json"], in: folder)
      let events = "\(folder)/sweep/\(Self.names[0])/events.jsonl"
      #expect(eventually { (FileManager.default.contents(atPath: events)?.count ?? 0) > 1000 })
      let second = try Self.run(
        Self.sweep + ["--epochs", "100000", "--name", "sweep"], in: folder)
      #expect(second.code == 3)
      #expect(second.error.hasPrefix("error: ./sweep: another process is at work on this sweep\n"))
      process.signal(SIGTERM)
      let outcome = try process.wait()
      #expect(outcome.code == 0, "\(outcome.error)")
      #expect(
        outcome.error.hasSuffix("\ninterrupted, go on with: latent sweep --resume ./sweep\n"))
      let document = try JSON5Reader.object(outcome.out, source: "stdout")
      #expect(document["status"]?.text == "interrupted" && document["report"] == .null)
      let record = try String(
        contentsOfFile: "\(folder)/sweep/\(Self.names[0])/run.json", encoding: .utf8)
      #expect(record.contains("\"status\" : \"interrupted\""))
    }
  }

  @Test func aRunThatFailsStopsNoOther() throws {
    try withTemporaryFolder { folder in
      let outcome = try Self.run(
        ["sweep", "vae"] + Self.shared + [
          "--grid", "learning-rate=100,0.001", "--steps", "60", "--jobs", "1", "--name", "sweep",
          "--json",
        ], in: folder)
      #expect(outcome.code == 1)
      let document = try JSON5Reader.object(outcome.out, source: "stdout")
      #expect(document["status"]?.text == "failed" && document["finished"]?.whole == 1)
      let failed = try #require(document["failed"]?.elements)
      #expect(failed.map { $0["run"]?.text } == ["./sweep/1-learning-rate-100-seed-0"])
      #expect(failed[0]["reason"]?.text?.contains("after step") == true)
      #expect(document["error"]?["message"]?.text?.hasPrefix("1 of 2 runs failed; ") == true)
      #expect(outcome.error.contains("\nfailed learning-rate=100 seed=0: "))
    }
  }

  @Test func aProcessThatDiesCostsItsRunAlone() throws {
    try withTemporaryFolder { folder in
      let words = Self.sweep + ["--epochs", "60", "--jobs", "1", "--name", "sweep"]
      let process = try LatentProcess(words, in: folder)
      let lock = "\(folder)/sweep/\(Self.names[0])/.lock"
      let events = "\(folder)/sweep/\(Self.names[0])/events.jsonl"
      #expect(eventually { (FileManager.default.contents(atPath: events)?.count ?? 0) > 100 })
      let number = try String(contentsOfFile: lock, encoding: .utf8).dropLast()
      kill(try #require(pid_t(String(number))), SIGKILL)
      let outcome = try process.wait()
      #expect(outcome.code == 1)
      #expect(
        outcome.error.contains(
          "\nfailed beta=1 seed=0: its process was ended by signal 9\n"))
      #expect(outcome.out.contains("1 of 2"))
      let again = try Self.run(words, in: folder)
      #expect(again.code == 0 && again.error.contains("\n4 runs, 3 finished before, 1 at a time"))
    }
  }
}
