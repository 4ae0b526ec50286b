import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Real processes that die while they train, or are asked to stop.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct KillTests {
  static let training = smallTraining + ["--epochs", "12", "--set", "checkpoint-seconds=0.01"]

  /// Everything that has a state or a course of its own.
  static let settings = [
    "accumulate=2", "batch-size=64", "ema=0.99", "kl-annealing=cyclical", "free-bits=0.05",
    "schedule=cosine", "warmup=10", "clip=5", "patience=8",
  ]

  /// How often runs are killed: `LATENT_TEST_KILLS=30` for the long check.
  static let kills =
    ProcessInfo.processInfo.environment["LATENT_TEST_KILLS"].flatMap { Int($0) } ?? 3

  private func files(_ run: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for name in ["state", "last", "best"] {
      files[name] = FileManager.default.contents(
        atPath: "\(run)/checkpoints/\(name).safetensors")
    }
    files["events"] = FileManager.default.contents(atPath: "\(run)/events.jsonl")
    return files
  }

  private func count(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  /// Kills at random instants, most of them while steps are done and files written.
  @Test(arguments: [[], settings])
  func killedAtRandomInstantsARunEndsWithTheBytesOfAWholeOne(settings: [String]) throws {
    try withTemporaryFolder { folder in
      let training = Self.training + settings.flatMap { ["--set", $0] }
      let whole = try LatentProcess(training + ["--name", "whole"], in: folder).wait()
      #expect(whole.code == 0, "\(whole.error)")
      let expected = files("\(folder)/whole")
      #expect(expected.count == 4)
      var done = 0
      var rounds = 0
      while done < Self.kills {
        rounds += 1
        let run = "\(folder)/killed-\(rounds)"
        var words = training + ["--name", "killed-\(rounds)"]
        for _ in 0..<3 where done < Self.kills {
          let process = try LatentProcess(words, in: folder)
          // From the first checkpoint of this process on, a kill may come in the midst of anything.
          #expect(eventually { count("\(run)/checkpoints/state.safetensors") > 0 })
          usleep(UInt32.random(in: 0..<600_000))
          process.signal(SIGKILL)
          if try process.wait().code == -SIGKILL { done += 1 }
          words = ["resume", "killed-\(rounds)"]
        }
        let resumed = try LatentProcess(["resume", "killed-\(rounds)"], in: folder).wait()
        #expect(resumed.code == 0, "\(resumed.error)")
        let found = files(run)
        for (name, bytes) in expected { #expect(found[name] == bytes, "\(name), run \(rounds)") }
        let left = try FileManager.default.subpathsOfDirectory(atPath: run)
        #expect(left.filter { $0.contains(".part-") } == [])
        #expect(left.contains("report.html"))
      }
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func aRequestToStopKeepsEverything(signal: Int32) throws {
    try withTemporaryFolder { folder in
      let process = try LatentProcess(
        smallTraining + ["--epochs", "100000", "--name", "run", "--json"], in: folder)
      #expect(eventually { count("\(folder)/run/events.jsonl") > 2000 })
      // A second process must not touch a run that is at work.
      let second = try LatentProcess.run("resume", "run", in: folder)
      #expect(second.code == 3)
      #expect(
        second.error == """
          error: run: another process is training this run
           hint: wait for it, or stop it first

          """)
      process.signal(signal)
      let outcome = try process.wait()
      #expect(outcome.code == 0)
      #expect(
        outcome.error == "run ./run\ninterrupted, resume with: latent resume ./run\n")
      #expect(outcome.out == "{\n  \"run\": \"./run\",\n  \"status\": \"interrupted\"\n}\n")
      let record = try String(contentsOfFile: "\(folder)/run/run.json", encoding: .utf8)
      #expect(record.contains("\"status\" : \"interrupted\""))
      let events = try String(contentsOfFile: "\(folder)/run/events.jsonl", encoding: .utf8)
      #expect(events.hasSuffix("}\n"))
    }
  }

  /// The resident set of a process of its own, since neighbours' tests would count here.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "no /proc"))
  func twoThousandStepsGrowMemoryByLessThanTwentyMegabytes() throws {
    try withTemporaryFolder { folder in
      let process = try LatentProcess(
        smallTraining + ["--epochs", "100000", "--name", "run"], in: folder)
      defer {
        process.signal(SIGKILL)
        _ = try? process.wait()
      }
      func step() -> Int {
        let text =
          (try? String(contentsOfFile: "\(folder)/run/events.jsonl", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").count { $0.contains("\"split\":\"train\"") } * 20
      }
      func resident() throws -> Int {
        let path = "/proc/\(process.identifier)/status"
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let line = try #require(lines.first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1])) * 1024
      }
      #expect(eventually { step() >= 200 })
      let first = step()
      let before = try resident()
      #expect(eventually { step() >= first + 2000 })
      let after = try resident()
      #expect(after - before < 20_000_000, "from \(before) to \(after) bytes")
    }
  }
}
