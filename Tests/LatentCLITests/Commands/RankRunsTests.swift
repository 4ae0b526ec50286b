import Evaluation
import Foundation
import LatentCore
import Testing
import Torch

@testable import LatentCLI

/// `latent evaluate` of several runs, and of words.
@Suite(.serialized) struct RankRunsTests {
  private static func train(_ name: String, _ more: String..., in folder: String) throws -> String {
    let outcome = latent(
      [
        "train", "vae", "--data", "digits", "--set", "hidden=16", "--set", "latent=3", "--epochs",
        "4", "--threads", "1", "--out", folder, "--name", name,
      ] + more)
    try #require(outcome.code == .done, "\(outcome.error)")
    return "\(folder)/\(name)"
  }

  @Test func runsOfOtherSeedsAreRanked() throws {
    try withTemporaryFolder { folder in
      let runs = try (1...3).map { try Self.train("run-\($0)", "--seed", "\($0)", in: folder) }
      let outcome = latent(["evaluate"] + runs + ["--metrics", "udr", "--threads", "1", "--json"])
      #expect(outcome.code == .done, "\(outcome.error)")
      let document = try JSON5Reader.object(outcome.out, source: "stdout")
      #expect(document.members.map(\.name) == ["runs"])
      guard case .array(let found)? = document["runs"] else {
        Issue.record("\(outcome.out)")
        return
      }
      #expect(found.count == 3)
      for (run, path) in zip(found, runs) {
        #expect(run["run"] == .string(path))
        guard case .double(let value)? = run["metrics"]?["udr"]?["value"] else {
          Issue.record("\(run)")
          continue
        }
        #expect((0...1).contains(value))
        #expect(run["metrics"]?["udr"]?["interval"] == .array([]), "two other runs are too few")
        let stored = try RunFolderFile.evaluation(path)
        #expect(stored["metrics"]?["udr"]?["value"] == .double(value))
        #expect(stored["metrics"]?["elbo"] != nil, "what was measured before stays")
      }
      let words = latent(["evaluate"] + runs + ["--metrics", "udr", "--threads", "1"])
      #expect(words.error.contains("udr of 3 runs is rough"))
      #expect(words.out.split(separator: "\n").count { $0.hasPrefix("udr ") } == 3)

      let alone = latent("evaluate", runs[0], "--metrics", "udr")
      #expect(alone.code == .usage)
      #expect(
        alone.error == """
          error: udr compares several runs, found one
           hint: name all of them: latent evaluate RUN RUN RUN --metrics udr

          """)
      let twice = latent("evaluate", runs[0], runs[0])
      #expect(twice.code == .usage && twice.error.contains("is named twice"))
    }
  }

  @Test func theUseOfWordsIsMeasured() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/w.npy"
      try NumPyArray(Tensor.arange(4).repeated([30]).reshaped([60, 2])).write(to: path)
      let found = try document("evaluate", "--words", path, "--entries", "8")
      #expect(found["words"] == .string(path))
      #expect(found["metrics"]?["dead-entries"]?["value"] == 0.5)
      guard case .double(let perplexity)? = found["metrics"]?["codebook-perplexity"]?["value"]
      else {
        Issue.record("\(found)")
        return
      }
      #expect(abs(perplexity - 4) < 1e-9)
      let half = latent("evaluate", "--words", path)
      #expect(half.code == .usage && half.error.contains("--entries is not given"))
      let other = latent("evaluate", "--words", path, "--entries", "8", "--metrics", "mig")
      #expect(other.code == .usage && other.error.contains("mig is no metric of words"))
      let small = latent("evaluate", "--words", path, "--entries", "3")
      #expect(small.code == .environment || small.code == .done, "\(small)")
      let named = latent(
        "evaluate", "--words", path, "--entries", "3", "--metrics", "dead-entries")
      #expect(named.code == .environment && named.error.contains("whole numbers from 0 to 2"))
    }
  }

  /// A codebook's run has the use of its entries beside its bound.
  @Test func aCodebooksRunHasItsUse() throws {
    try withTemporaryFolder { folder in
      let outcome = latent([
        "train", "gumbel-vae", "--data", "digits", "--set", "hidden=16", "--set", "latent=4",
        "--set", "classes=5", "--epochs", "2", "--threads", "1", "--out", folder, "--name", "run",
      ])
      #expect(outcome.code == .done, "\(outcome.error)")
      let found = try document(
        "evaluate", "\(folder)/run", "--metrics", "codebook-perplexity,dead-entries,alignment",
        "--threads", "1")
      guard case .double(let perplexity)? = found["metrics"]?["codebook-perplexity"]?["value"],
        case .double(let dead)? = found["metrics"]?["dead-entries"]?["value"]
      else {
        Issue.record("\(found)")
        return
      }
      // Four variables of five classes are twenty entries, and each variable uses one at least.
      #expect((4.0...20).contains(perplexity) && (0...0.8).contains(dead))
      #expect(found["metrics"]?["alignment"] != nil)
    }
  }

  @Test func everySelfTestIsShownWithItsTime() throws {
    let found = try document("list", "metrics", "--check")
    guard case .array(let rows)? = found["metrics"] else {
      Issue.record("\(found)")
      return
    }
    #expect(rows.count == Metrics.all.count)
    #expect(rows.allSatisfy { $0["problem"] == .null })
  }
}

private enum RunFolderFile {
  static func evaluation(_ path: String) throws -> JSONValue {
    try JSON5Reader.read(
      String(contentsOfFile: "\(path)/evaluation.json", encoding: .utf8),
      source: "evaluation.json")
  }
}
