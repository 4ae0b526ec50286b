import Foundation
import Testing

@testable import LatentCLI

/// What `latent list runs` prints, verbatim.
@Suite struct ListRunsTests {
  private func withRuns(_ body: (String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      for (name, beta, elbo) in [("a", "1", -99.5), ("b", "4", -120.25), ("c", "4", -101.0)] {
        let record = """
          {"format": 1, "recipe": "vae", "config": {"beta": "\(beta)"}, "seed": 7,
           "status": "finished", "data": {"source": "digits", "fingerprint": "sha256:0"},
           "budget": "epochs=1", "version": "0.1.0", "libtorch": "2.13.0", "device": "cpu",
           "seconds": 60, "start": "2026-11-20T10:00:00Z"}
          """
        let run = URL(filePath: "\(folder)/\(name)")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        try Data(record.utf8).write(to: run.appending(path: "run.json"))
        try Data("{\"metrics\": {\"elbo\": {\"value\": \(elbo)}}}".utf8)
          .write(to: run.appending(path: "evaluation.json"))
      }
      try body(folder)
    }
  }

  @Test func aFilteredAndSortedTable() throws {
    try withRuns { folder in
      let outcome = latent(
        "list", "runs", "--out", folder, "--where", "beta=4", "--sort", "elbo", "--descending",
        "--limit", "1", "--show", "seed")
      #expect(outcome.code == .done)
      #expect(
        outcome.out == """
          run  status    recipe  data    start                 test.elbo  config.beta  seed
          ─────────────────────────────────────────────────────────────────────────────────
          c    finished  vae     digits  2026-11-20T10:00:00Z    -101.00            4     7

          """)
      #expect(outcome.error == "1 of 2 runs\n")
    }
  }

  @Test func itsDocument() throws {
    try withRuns { folder in
      let outcome = latent(
        "list", "runs", "--out", folder, "--where", "elbo>-100", "--show", "end", "--json")
      #expect(
        outcome.out == """
          {
            "runs": [
              {
                "run": "\(folder)/a",
                "status": "finished",
                "recipe": "vae",
                "data": "digits",
                "start": "2026-11-20T10:00:00Z",
                "values": {
                  "test.elbo": -99.5,
                  "end": null
                }
              }
            ],
            "count": 1
          }

          """)
    }
  }

  @Test func refusals() throws {
    try withRuns { folder in
      let unknown = latent("list", "runs", "--out", folder, "--where", "bet=4")
      #expect(unknown.code == .usage)
      #expect(
        unknown.error == """
          error: unknown key 'bet' in --where
           hint: did you mean 'beta'? keys of these runs: name, status, recipe, data, seed, start, \
          end, minutes, budget, device, version, commit, libtorch, fingerprint, beta, elbo, test.elbo

          """)
      let none = latent("list", "runs", "--out", folder, "--where", "beta")
      #expect(none.code == .usage)
      #expect(
        none.error == """
          error: --where: expected KEY, one of = != < <= > >= ~, and a value, found 'beta'
           hint: write it in quotes, as in --where 'elbo>-100'

          """)
      // A setting of some recipe that no run here has finds nothing.
      let known = latent("list", "runs", "--out", folder, "--where", "latent=2", "--json")
      #expect(known.out == "{\n  \"runs\": [],\n  \"count\": 0\n}\n")
    }
  }
}
