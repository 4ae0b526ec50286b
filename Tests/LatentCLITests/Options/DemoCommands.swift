import LatentCore

@testable import LatentCLI

enum Device: String, ArgumentValue, CaseIterable { case cpu, cuda, mps }

struct Budget: ArgumentGroup {
  @Option("Passes over the training data.", value: "n", check: .atLeast(1)) var epochs = 30
  @Option("Stop after this many minutes.", value: "m", check: .above(0)) var minutes: Double?
}

struct Train: Command {
  static let summary = CommandSummary(
    "train", "Train a recipe on data and write a run folder.",
    discussion: """
      The data is a built-in name, the name of a known set under $LATENT_DATA, or a path. The run \
      folder holds everything needed to run it again.

      A training that is interrupted continues with 'demo resume'.
      """,
    examples: [
      .init("demo train vae --data digits", "trains on the built-in digits"),
      .init("demo train vae --data mnist --set beta=4 --seed 7", "a β-VAE with another seed"),
    ])

  @Argument("Recipe to train.", choices: ["vae", "vq-vae", "flow"]) var recipe: String
  @Option(
    "Where the data comes from.", value: "source", completion: .wordsAndFiles(["digits", "moons"]))
  var data: String
  @Option("Set a key of the recipe; may be repeated.", name: "set", value: "key=value")
  var settings: [String]
  @Option("Seed of all randomness.", value: "n") var seed = 1
  @Option("Where to compute.") var device = Device.cpu
  @Option("Where the run folder goes.", value: "folder", completion: .folders)
  var out = Path("runs")
  @Option("Weight of the prior.", value: "x") var weight = 1.0
  @Option("Name of the run.", short: "n") var name: String?
  @Flag("Only estimate minutes, memory and parameters.") var dryRun
  @Flag("Do not draw figures.") var figures = true
  @Option("Read options from this JSON5 file.", name: "file") var file: ArgumentFile?
  @OptionGroup("Budget") var budget: Budget

  func run(_ console: Console) throws {
    if device == .cuda {
      throw CommandError.environment(
        "--device cuda: expected an NVIDIA GPU, found none", remedy: "use --device cpu")
    }
    console.note("training \(recipe)")
    console.print("\(recipe) on \(data)")
    console.report(["recipe": .string(recipe), "seed": .int(seed)])
    if recipe == "flow" {
      throw CommandError.failed("the claim does not hold", remedy: "see above")
    }
  }
}

struct Inspect: Command {
  static let summary = CommandSummary("inspect", "Show what a source of data holds.")

  @Argument("Source to inspect.") var source: Path
  @Argument("Rows to show.", check: .atLeast(0)) var rows = 10

  func run(_ console: Console) { console.print("\(source) \(rows)") }
}

struct DataCommands: CommandGroup {
  static let summary = CommandSummary("data", "Look at data.")
  static var subcommands: [any Command.Type] { [Inspect.self] }
}

struct Compare: Command {
  static let summary = CommandSummary("compare", "Compare runs.")

  @Argument("Run folders.", minimum: 2) var runs: [Path]

  func run(_ console: Console) { console.print(runs.map(\.text).joined(separator: "|")) }
}

struct Demo: CommandGroup {
  static let summary = CommandSummary("demo", "A program for tests.")
  static var subcommands: [any Command.Type] { [Train.self, Compare.self, DataCommands.self] }
}

/// A demonstration of an argument that a file may stand in for, and of options of which one may be given.
struct Again: Command {
  struct Name: ReplaceableBySource {
    let text: String
    static var expectation: String { "a name" }
    init?(argument: String) { text = argument }
    var argumentText: String { text }
    static func source(named word: String) -> (any ArgumentSource)? {
      word.hasSuffix(".json5") ? ArgumentFile(argument: word) : nil
    }
  }

  struct Length: ArgumentGroup {
    static let isExclusive = true
    @Option("Rounds.") var rounds: Int?
    @Option("Hours.") var hours: Double?
  }

  static let summary = CommandSummary("again", "Do it again.")

  @Argument("What to do.") var name: Name
  @Option("Settings.", name: "set", value: "key=value") var settings: [Setting]
  @Option("A file.") var file: ArgumentFile?
  @OptionGroup("Length") var length: Length

  func run(_ console: Console) {}
}

/// What a command line did.
struct Outcome {
  var code: ExitCode
  var out: String
  var error: String
}

/// Runs a command line of the demonstration program.
func demo(_ words: String...) -> Outcome { demo(words) }

/// Runs a command line of the demonstration program.
func demo(_ words: [String]) -> Outcome {
  var out = ""
  var error = ""
  let code = CommandTree(Demo.self, version: "1.2.3").main(
    words, console: { Console(isJSON: $0, out: { out += $0 }, error: { error += $0 }) })
  return Outcome(code: code, out: out, error: error)
}

/// The command that a line of the demonstration program asks for.
func request<Wanted: Command>(_ type: Wanted.Type, _ words: String...) throws -> Wanted? {
  switch try CommandTree(Demo.self, version: "1.2.3").request(words) {
  case .run(let command): command as? Wanted
  case .show: nil
  }
}
