import Testing

@testable import LatentCLI

struct ArgumentParserTests {
  @Test func defaults() throws {
    let train = try #require(try request(Train.self, "train", "vae", "--data", "digits"))
    #expect(train.recipe == "vae" && train.data == "digits" && train.settings == [])
    #expect(train.seed == 1 && train.device == .cpu && train.out == Path("runs"))
    #expect(train.name == nil && !train.dryRun && train.figures)
    #expect(train.budget.epochs == 30 && train.budget.minutes == nil)
  }

  @Test func everyKindOfValue() throws {
    let train = try #require(
      try request(
        Train.self, "train", "--data=a=b", "--seed", "-7", "--set", "beta=4", "vq-vae",
        "--set=hidden=1,2", "--device", "mps", "--out", "my runs", "-n", "first", "--dry-run",
        "--no-figures", "--weight", "-2.5e-1", "--epochs=3", "--minutes", "1.5"))
    #expect(train.recipe == "vq-vae" && train.data == "a=b" && train.seed == -7)
    #expect(train.settings == ["beta=4", "hidden=1,2"] && train.device == .mps)
    #expect(train.out.text == "my runs" && train.name == "first" && train.weight == -0.25)
    #expect(train.dryRun && !train.figures)
    #expect(train.budget.epochs == 3 && train.budget.minutes == 1.5)
  }

  @Test func afterTwoDashesEveryWordIsAnArgument() throws {
    let compare = try #require(try request(Compare.self, "compare", "a", "--", "--json", "-b"))
    #expect(compare.runs.map(\.text) == ["a", "--json", "-b"])
    let inspect = try #require(try request(Inspect.self, "data", "inspect", "-", "3"))
    #expect(inspect.source.text == "-" && inspect.rows == 3)
  }

  @Test(arguments: [
    (
      ["train", "vae", "--data", "x", "--epoch", "3"],
      "unknown option '--epoch' for 'demo train'",
      "did you mean '--epochs'? All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "-epochs", "3"],
      "unknown option '-epochs' for 'demo train'",
      "did you mean '--epochs'? All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "--quick"], "unknown option '--quick' for 'demo train'",
      "All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "--epochs", "three"],
      "--epochs: expected a whole number, at least 1, found 'three'",
      "Passes over the training data. All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "--epochs=0"],
      "--epochs: expected a whole number, at least 1, found '0'",
      "Passes over the training data. All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "--minutes", "nan"],
      "--minutes: expected a number, above 0, found 'nan'",
      "Stop after this many minutes. All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "--device", "cdua"],
      "--device: expected one of cpu, cuda, mps, found 'cdua'", "did you mean 'cuda'?"
    ),
    (
      ["train", "vea", "--data", "x"],
      "<recipe>: expected one of vae, vq-vae, flow, found 'vea'", "did you mean 'vae'?"
    ),
    (
      ["train", "vae", "--data"], "--data needs a value: expected text, found the end of the line",
      "write --data <source>; All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "--seed", "3"],
      "--data needs a value: expected text, found the option '--seed'",
      "write --data <source>; All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "--out="], "--out: expected a path, found nothing",
      "Where the run folder goes. All options: demo train --help"
    ),
    (
      ["train", "vae", "--data", "x", "--dry-run=yes"], "--dry-run takes no value, found 'yes'",
      "write --dry-run alone"
    ),
    (
      ["train", "vae", "--data", "x", "--seed", "1", "--seed", "2"],
      "--seed is given twice, the second time as '2'", "keep one of them"
    ),
    (
      ["train", "vae"], "missing option --data for 'demo train'",
      "Where the data comes from. All options: demo train --help"
    ),
    (
      ["train"], "missing <recipe> for 'demo train'",
      "Recipe to train. All options: demo train --help"
    ),
    (
      ["compare", "a"], "missing <runs> for 'demo compare': expected at least 2, found 1",
      "Run folders. All options: demo compare --help"
    ),
    (
      ["data", "inspect", "a", "3", "b"], "unexpected argument 'b' for 'demo data inspect'",
      "it takes <source> <rows>; All options: demo data inspect --help"
    ),
    (
      ["tran", "vae"], "unknown command 'tran' for 'demo'",
      "did you mean 'train'? All commands: demo --help"
    ),
    (["paint"], "unknown command 'paint' for 'demo'", "All commands: demo --help"),
    (["--quick"], "unknown option '--quick' for 'demo'", "All commands: demo --help"),
    (["data"], "missing subcommand for 'demo data'", "one of: inspect"),
    (
      ["data", "inspct"], "unknown subcommand 'inspct' for 'demo data'",
      "did you mean 'inspect'? All commands: demo data --help"
    ),
  ])
  func refuses(words: [String], message: String, remedy: String) {
    let outcome = demo(words)
    #expect(outcome.code == .usage)
    #expect(outcome.out == "")
    #expect(outcome.error == "error: \(message)\n hint: \(remedy)\n")
  }
}
