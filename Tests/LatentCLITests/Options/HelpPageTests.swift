import Testing

@testable import LatentCLI
import LatentCore

struct HelpPageTests {
  @Test(arguments: [[], ["--help"], ["-h"], ["help"]])
  func ofTheProgram(words: [String]) {
    #expect(
      demo(words).out == """
        demo: A program for tests.

        Usage: demo <command> [options]

        Commands
          train       Train a recipe on data and write a run folder.
          compare     Compare runs.
          data        Look at data.

        General
          --json      Print one JSON document on stdout; all else goes to stderr.
          -h, --help  Show this help.
          --version   Show the version.

        'demo <command> --help' shows a command's options and examples.

        """)
  }

  @Test(arguments: [["train", "--help"], ["help", "train"], ["train", "--epochs", "x", "-h"]])
  func ofACommand(words: [String]) {
    #expect(
      demo(words).out == """
        demo train: Train a recipe on data and write a run folder.

        Usage: demo train <recipe> --data <source> [options]

        The data is a built-in name, the name of a known set under $LATENT_DATA, or a
        path. The run folder holds everything needed to run it again.

        A training that is interrupted continues with 'demo resume'.

        Arguments
          <recipe>           Recipe to train. (vae, vq-vae, flow)

        Options
          --data <source>    Where the data comes from. (required)
          --set <key=value>  Set a key of the recipe; may be repeated.
          --seed <n>         Seed of all randomness. (default: 1)
          --device <device>  Where to compute. (cpu, cuda, mps; default: cpu)
          --out <folder>     Where the run folder goes. (default: runs)
          --weight <x>       Weight of the prior. (default: 1)
          -n, --name <name>  Name of the run.
          --dry-run          Only estimate minutes, memory and parameters.
          --no-figures       Do not draw figures.
          --file <file>      Read options from this JSON5 file.

        Budget
          --epochs <n>       Passes over the training data. (at least 1; default: 30)
          --minutes <m>      Stop after this many minutes. (above 0)

        General
          --json             Print one JSON document on stdout; all else goes to stderr.
          -h, --help         Show this help.

        Examples
          demo train vae --data digits
              trains on the built-in digits
          demo train vae --data mnist --set beta=4 --seed 7
              a β-VAE with another seed

        """)
  }

  @Test func ofArgumentsThatMayBeLeftOutOrRepeated() {
    #expect(
      demo("help", "data", "inspect").out.hasPrefix(
        """
        demo data inspect: Show what a source of data holds.

        Usage: demo data inspect <source> [<rows>] [options]

        Arguments
          <source>    Source to inspect.
          <rows>      Rows to show. (at least 0; default: 10)

        """))
    #expect(
      demo("compare", "-h").out.hasPrefix(
        """
        demo compare: Compare runs.

        Usage: demo compare <runs>… [options]

        Arguments
          <runs>…     Run folders. (2 or more)

        """))
  }

  @Test func longTextsStayWithin80Columns() {
    struct Wide: Command {
      static let summary = CommandSummary(
        "wide", String(repeating: "An abstract. ", count: 12),
        discussion: String(repeating: "word ", count: 100),
        examples: [.init("wide 1", String(repeating: "does much ", count: 20))])
      @Option(
        "A sentence that is much longer than what fits into the space beside the name of an option.",
        value: "a-value-with-a-long-name", check: .between(0, 1))
      var optionWithALongName = 0.5
      @Option("Another.", value: "one-more-name") var firstThing: String
      @Option("Another.", value: "one-more-name") var secondThing: String
      @Option("Another.", value: "one-more-name") var thirdThing: String
      func run(_ console: Console) {}
    }
    let text = HelpPage([Wide.self]).text
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(
      text.contains(
        """
        Usage: wide --first-thing <one-more-name> --second-thing <one-more-name>
                    --third-thing <one-more-name> [options]
        """))
    #expect(
      text.contains(
        """
          --option-with-a-long-name <a-value-with-a-long-name>
                      A sentence that is much longer than what fits into the space
                      beside the name of an option. (from 0 to 1; default: 0.5)
          --first-thing <one-more-name>
        """))
  }

  @Test func withJSONHelpIsADocument() throws {
    let document = try JSON5Reader.read(demo("--help", "--json").out, source: "stdout")
    #expect(document["text"] == .string(HelpPage([Demo.self]).text))
  }
}
