import LatentCore
import Testing

/// Runs compared as processes: the document, the words, and what is refused.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct CompareCommandTests {
  static func train(_ name: String, _ words: String..., in folder: String) throws {
    let outcome = try LatentProcess(
      smallTraining + ["--steps", "20", "--name", name, "--json"] + words, in: folder
    ).wait()
    try #require(outcome.code == 0, "\(outcome.error)")
  }

  @Test func groupsOfSeedsAreCompared() throws {
    try withTemporaryFolder { folder in
      for seed in ["1", "2"] {
        try Self.train("weak-\(seed)", "--seed", seed, in: folder)
        try Self.train(
          "strong-\(seed)", "--seed", seed, "--set", "learning-rate=0.01", in: folder)
      }
      let runs = ["weak-1", "weak-2", "strong-1", "strong-2"]
      let outcome = try LatentProcess(["compare"] + runs + ["--json"], in: folder).wait()
      #expect(outcome.code == 0)
      #expect(outcome.error == "")
      let document = try JSON5Reader.object(outcome.out, source: "stdout")
      #expect(document.members.map(\.name) == ["metrics"])
      guard case .object(let metrics)? = document["metrics"],
        case .object(let elbo)? = metrics["elbo"], case .array(let pairs)? = elbo["pairs"],
        case .array(let groups)? = elbo["groups"]
      else {
        Issue.record("\(outcome.out)")
        return
      }
      #expect(elbo.members.map(\.name) == ["unit", "groups", "pairs"])
      #expect(groups.count == 2)
      guard case .object(let group)? = groups.first, case .object(let pair)? = pairs.first else {
        Issue.record("\(outcome.out)")
        return
      }
      #expect(group.members.map(\.name) == ["name", "runs", "values", "mean", "interval"])
      #expect(
        pair.members.map(\.name) == [
          "first", "second", "difference", "verdict", "interval-over-seeds", "p", "comparisons",
          "effect-size", "interval-over-points", "smallest-gap",
        ])
      #expect(pair["verdict"] == .string("second larger"))

      let words = try LatentProcess(["compare"] + runs, in: folder).wait()
      #expect(words.out.contains("against learning-rate=0.01: second larger, gap -"))
      #expect(words.out.contains("power: these seeds would show a true gap of"))

      let same = try LatentProcess(["compare", "weak-1", "weak-2"], in: folder).wait()
      #expect(same.code == 2)
      #expect(
        same.error == """
          error: all 2 runs are one group, 'vae'
           hint: name runs that differ in more than their seed, or group by another --group KEY

          """)
    }
  }

  @Test func otherMeasuresAreRefused() throws {
    try withTemporaryFolder { folder in
      try Self.train("ones", in: folder)
      try Self.train("grey", "--set", "likelihood=gaussian", in: folder)
      let refused = try LatentProcess(["compare", "ones", "grey"], in: folder).wait()
      #expect(refused.code == 2)
      #expect(
        refused.error == """
          error: grey measures ELBO of the data's numbers, ones ELBO of ones and zeros, drawn anew each time
           hint: compare runs whose bounds measure the same, or add --anyway

          """)
      let anyway = try LatentProcess(["compare", "ones", "grey", "--anyway"], in: folder).wait()
      #expect(anyway.code == 0)
      #expect(anyway.out.contains("over seeds: at least two seeds a group are needed"))
    }
  }
}
