import Testing

@testable import LatentCLI

/// Files in the place of an argument, and options of which only one may be given.
struct ArgumentSourceTests {
  /// The command that a line asks for.
  func again(_ words: String...) throws(CommandError) -> Again {
    let command = Again()
    var parser = ArgumentParser(commandName: "again", arguments: DeclaredArguments(of: command))
    try parser.parse(words)
    return command
  }

  @Test func aFileStandsForAnArgument() throws {
    try withFile("{name: 'walk', rounds: 3, set: {pace: 2}}") { path in
      let command = try again(path, "--set", "pace=4")
      #expect(command.name.text == "walk" && command.length.rounds == 3)
      #expect(command.settings.map(\.text) == ["pace=2", "pace=4"])
      #expect(command.settings.map(\.place) == [path, "--set"])
      #expect(try again(path, "run").name.text == "run", "the command line wins")
    }
  }

  @Test func theCommandLineOverrulesARivalInAFile() throws {
    try withFile("{name: 'walk', rounds: 3}") { path in
      let command = try again(path, "--hours", "1.5")
      #expect(command.length.rounds == nil && command.length.hours == 1.5)
    }
  }

  @Test func aFileInPlaceComesBeforeOneThatIsNamed() throws {
    try withFile("{name: 'walk', set: {pace: 1}}") { first in
      try withFile("{name: 'run', rounds: 2, set: {pace: 0}}") { second in
        let command = try again(first, "--file", second)
        #expect(command.name.text == "walk" && command.length.rounds == 2)
        #expect(command.settings.map(\.text) == ["pace=0", "pace=1"])
      }
    }
  }

  @Test func rivalsAreRefused() {
    let error = #expect(throws: CommandError.self) {
      try again("walk", "--rounds", "1", "--hours", "2")
    }
    #expect(error == .usage("expected --rounds or --hours, found both", remedy: "keep one of them"))
  }

  @Test(arguments: [
    ("-3", false), ("-3,3", false), ("-.5", false), ("-5%,5%", false), ("-1e-3", false),
    ("-inf", false), ("-", false), ("-n", true), ("--seed", true), ("--3", true),
  ])
  func numbersThatBeginWithADashAreValues(word: String, isOption: Bool) {
    #expect(ArgumentParser.isOption(word) == isOption)
  }

  @Test(arguments: [
    ("-3,3", AxisRange.deviations(-3, 3)), ("0,1.5", .deviations(0, 1.5)),
    ("5%,95%", .quantiles(0.05, 0.95)), ("3", nil), ("3,3", nil), ("-1%,50%", nil),
    ("5%,95", nil), ("a,b", nil), ("1,2,3", nil), ("nan,1", nil), ("0%,101%", nil),
  ])
  func ranges(text: String, range: AxisRange?) {
    #expect(AxisRange(argument: text) == range)
    if let range { #expect(AxisRange(argument: range.argumentText) == range) }
  }

  @Test(arguments: [
    ("0,5", [0, 5]), ("7", [7]), ("-1", nil), ("1,", nil), ("", nil), ("1.5", nil), ("a", nil),
  ])
  func indices(text: String, values: [Int]?) {
    #expect(IndexList(argument: text)?.values == values)
  }

  @Test(arguments: [
    ("a.png", ResultFile.Format.png), ("x/y.NPY", .npy), ("z.tar.npz", .npz), ("npy", nil),
    ("a.png/b", nil), ("a.jpg", nil), ("", nil),
  ])
  func resultFiles(name: String, format: ResultFile.Format?) {
    #expect(ResultFile(argument: name)?.format == format)
  }
}
