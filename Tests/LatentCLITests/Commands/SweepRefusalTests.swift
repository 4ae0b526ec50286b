import Foundation
import LatentCore
import Testing

@testable import LatentCLI

/// What is refused before anything is trained or written.
@Suite struct SweepRefusalTests {
  static let cases: [(words: [String], message: String, remedy: String)] = [
    (["--grid", "betaa=1"], "unknown key 'betaa' in --grid", "did you mean 'beta'?"),
    (
      ["--grid", "beta=1,x"],
      "beta in --grid: expected a number, from 0 to 1000000, found 'x'", "beta:"
    ),
    (["--grid", "beta=1,1.0"], "beta in --grid: the value 1 stands twice", "keep one"),
    (["--grid", "beta"], "--grid expects key=value,value,…, found 'beta'", "write --grid beta="),
    (
      ["--grid", "beta="], "beta in --grid: expected a number, from 0 to 1000000, found nothing",
      "beta:"
    ),
    (
      ["--grid", "beta=1", "--set", "beta=2"],
      "beta is given twice, in --grid and in --set", "keep one"
    ),
    (
      ["--grid", "beta=1", "--grid", "beta=2"],
      "beta is given twice, in --grid and in another --grid", "keep one"
    ),
    (
      ["--grid", "network=dense,con"],
      "network in --grid: expected one of dense, conv, found 'con'", "did you mean 'conv'?"
    ),
    (["--seeds", "3,3"], "--seeds: expected a number of seeds such as 5", "Seeds of each choice"),
    (
      ["--seeds", "10000", "--grid", "beta=1,2"], "expected at most 10,000 runs, found more",
      "leave values"
    ),
    (["--name", "a/b"], "--name: expected a folder's name without '/'", "--out"),
  ]

  @Test(arguments: cases.indices) func isRefused(index: Int) throws {
    try withTemporaryFolder { folder in
      let refusal = Self.cases[index]
      let outcome = latent(
        ["sweep", "vae", "--data", "digits", "--threads", "1", "--out", "\(folder)/runs"]
          + refusal.words)
      #expect(outcome.code == .usage && outcome.out == "")
      let lines = outcome.error.split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines[0].hasPrefix("error: \(refusal.message)"), "\(outcome.error)")
      #expect(lines[1].contains(refusal.remedy), "\(outcome.error)")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func aSettingThatTheRecipeRefusesForTheseDataIsFoundBeforeTheFirstRun() throws {
    try withTemporaryFolder { folder in
      let outcome = latent(
        "sweep", "vae", "--data", "moons", "--grid", "network=dense,conv", "--threads", "1",
        "--out",
        "\(folder)/runs")
      #expect(outcome.code == .usage, "\(outcome.error)")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }

  @Test func aDryRunSaysWhatEachChoiceTakesAndWritesNothing() throws {
    try withTemporaryFolder { folder in
      let outcome = latent(
        "sweep", "vae", "--data", "digits", "--grid", "hidden=[8],[16,8]", "--seeds", "3",
        "--steps", "20", "--jobs", "2", "--threads", "1", "--dry-run", "--json", "--out",
        "\(folder)/runs")
      #expect(outcome.code == .done && outcome.error == "")
      let document = try JSON5Reader.object(outcome.out, source: "stdout")
      #expect(document["runs"]?.whole == 6 && document["jobs"]?.whole == 2)
      let choices = try #require(document["choices"]?.elements)
      #expect(choices.map { $0["settings"]?["hidden"]?.text } == ["8", "16,8"])
      let minutes = choices.compactMap { $0["minutes-a-run"]?.number }.reduce(0, +) * 3 / 2
      #expect(abs((document["minutes"]?.number ?? 0) - minutes) < 1e-9 && minutes > 0)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }
}
