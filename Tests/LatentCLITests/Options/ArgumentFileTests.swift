import FoundationEssentials
import Testing

@testable import LatentCLI

struct ArgumentFileTests {
  @Test func aFileStandsForTheCommandLine() throws {
    let text = """
      // β-VAE on digits
      {
        recipe: "vae", data: "digits", epochs: 5, "dry-run": true, "no-figures": false,
        weight: -0.5,
        set: { beta: 4, hidden: [400, 200], schedule: { warmup: 10 }, ema: true },
      }
      """
    let train = try withFile(text) { try request(Train.self, "train", "--file", $0) }
    let filled = try #require(train)
    #expect(filled.recipe == "vae" && filled.data == "digits" && filled.budget.epochs == 5)
    #expect(filled.dryRun && filled.figures && filled.weight == -0.5)
    #expect(filled.settings == ["beta=4", "hidden=400,200", "schedule.warmup=10", "ema=true"])
  }

  @Test func theCommandLineWins() throws {
    let text = #"{recipe: "vae", data: "digits", seed: 1, set: ["beta=4"]}"#
    let train = try withFile(text) {
      try request(
        Train.self, "train", "flow", "--seed", "9", "--set", "beta=1", "--file", $0)
    }
    let filled = try #require(train)
    #expect(filled.recipe == "flow" && filled.data == "digits" && filled.seed == 9)
    #expect(filled.settings == ["beta=4", "beta=1"])
  }

  @Test(arguments: [
    (
      "{epoch: 3}", "unknown key 'epoch' in FILE",
      "did you mean 'epochs'? Keys are the names of the options; All options: demo train --help"
    ),
    (
      "{epochs: 2.5}", "epochs in FILE: expected a whole number, at least 1, found '2.5'",
      "Passes over the training data. All options: demo train --help"
    ),
    (
      "{seed: [1, 2]}", "seed in FILE: expected a whole number, found '[1,2]'",
      "Seed of all randomness. All options: demo train --help"
    ),
    (
      "{'dry-run': 1}", "dry-run in FILE: expected true or false, found '1'",
      "Only estimate minutes, memory and parameters."
    ),
    (
      "{seed: 1,,}", "FILE:1:10: expected a name or '}', found ','",
      "correct the file there; settings are written key: value, with commas between"
    ),
  ])
  func refuses(text: String, message: String, remedy: String) throws {
    try withFile(text) { path in
      let outcome = demo("train", "vae", "--data", "digits", "--file", path)
      let expected = "error: \(message)\n hint: \(remedy)\n"
      #expect(outcome.code == .usage)
      let shown = outcome.error.split(separator: path, omittingEmptySubsequences: false)
      #expect(shown.joined(separator: "FILE") == expected)
    }
  }

  @Test func filesThatCannotBeRead() throws {
    let missing = demo("train", "--file", "no/such.json5")
    #expect(missing.code == .environment)
    #expect(
      missing.error == """
        error: no/such.json5: expected a file that can be read, found: No such file or directory
         hint: check the path and its permissions

        """)
    #expect(demo("train", "--file", "/").code == .environment)
    try withFile(Data([0x7B, 0xFF, 0x7D])) { path in
      let outcome = demo("train", "--file", path)
      #expect(outcome.code == .environment)
      #expect(outcome.error.contains("expected text in UTF-8, found other bytes"))
    }
  }
}
