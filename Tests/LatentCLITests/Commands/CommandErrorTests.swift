import Foundation
import LatentCore
import LatentModels
import Runs
import Testing

@testable import LatentCLI

/// What the program says to wrong words, verbatim, with its exit code.
@Suite struct CommandErrorTests {
  /// A command line and what comes of it.
  struct Refusal: Sendable, CustomTestStringConvertible {
    var words: [String]
    var code: ExitCode
    var message: String
    var remedy: String
    var testDescription: String { words.joined(separator: " ") }

    init(_ line: String, _ message: String, _ remedy: String, code: ExitCode = .usage) {
      words = line.split(separator: " ").map(String.init)
      self.code = code
      self.message = message
      self.remedy = remedy
    }
  }

  /// Every key of the recipe and of training, in their order.
  static let keys = (AutoencoderRecipe.vae.settings + TrainingSettings.schema).fields
    .map(\.name).joined(separator: ", ")

  /// A device that this system never has.
  #if os(Linux)
    static let absent = "mps"
  #else
    static let absent = "cuda"
  #endif

  static let refusals = [
    Refusal(
      "trian vae", "unknown command 'trian' for 'latent'",
      "did you mean 'train'? All commands: latent --help"),
    Refusal(
      "train vea --data digits", "unknown recipe 'vea'",
      "did you mean 'vae'? All: latent list recipes"),
    Refusal(
      "bench --only mlp-vae-18", "unknown workload 'mlp-vae-18'",
      "did you mean 'mlp-vae-128'? All: latent bench --help"),
    Refusal("list recipes xyz", "unknown recipe 'xyz'", "to see all: latent list recipes"),
    Refusal(
      "train vae", "missing option --data for 'latent train'",
      "Where the data comes from. All options: latent train --help"),
    Refusal(
      "train vae --data digits --set latnt=3", "unknown key 'latnt' in --set",
      "did you mean 'latent'? (keys: \(keys))"),
    Refusal(
      "train vae --data digits --set latent=0",
      "latent in --set: expected a whole number, from 1 to 4096, found '0'",
      "latent: Dimensions of the code. Default: 20"),
    Refusal(
      "train vae --data digits --set latent", "--set expects key=value, found 'latent'",
      "write --set latent=20"),
    Refusal(
      "train vae --data digits --set ema=1",
      "ema in --set: expected a number, from 0 and below 1, found '1'",
      "ema: Decay of the average of the weights that are validated and kept; 0 for none. Default: "
        + "0"),
    Refusal(
      "train vae --data digits --set kl-annealing=cyclic",
      "kl-annealing in --set: expected one of none, linear, cyclical, found 'cyclic'",
      "did you mean 'cyclical'? kl-annealing: How the weight of the rate rises from 0 to 1: not, "
        + "once, or in cycles. Default: none"),
    Refusal(
      "train vae --data digits --minutes 1 --set schedule=cosine",
      "schedule=cosine needs the number of steps, found a budget in minutes",
      "use --steps or --epochs, or say --set schedule-steps=N; --dry-run estimates them"),
    Refusal(
      "train vae --data digits --epochs 2 --steps 3",
      "expected --epochs or --steps, found both", "keep one of them"),
    Refusal(
      "train vae --data digits --steps -3",
      "--steps: expected a whole number, at least 1, found '-3'",
      "Updates. All options: latent train --help"),
    Refusal(
      "train vae --data digits --sede 3", "unknown option '--sede' for 'latent train'",
      "did you mean '--seed'? All options: latent train --help"),
    Refusal(
      "train vae --data", "--data needs a value: expected text, found the end of the line",
      "write --data <source>; All options: latent train --help"),
    Refusal(
      "train vae --data --seed 3",
      "--data needs a value: expected text, found the option '--seed'",
      "write --data <source>; All options: latent train --help"),
    Refusal(
      "train vae flow --data digits", "unexpected argument 'flow' for 'latent train'",
      "it takes <recipe>; All options: latent train --help"),
    Refusal(
      "train vae --data digits --seed 1 --seed 2",
      "--seed is given twice, the second time as '2'", "keep one of them"),
    Refusal(
      "train nowhere.json5",
      "nowhere.json5: expected a file that can be read, found: No such file or directory",
      "check the path and its permissions", code: .environment),
    Refusal(
      "train --like nowhere", "nowhere: is no run: it holds no run.json",
      "name a folder that `latent train` made; `latent list runs` shows them", code: .environment),
    Refusal(
      "sample RUN -n 0", "-n: expected a whole number, from 1 to 100000, found '0'",
      "Number of samples. All options: latent sample --help"),
    Refusal(
      "sample RUN --out s.jpg",
      "--out: expected a name that ends in .png, .npy or .npz, found 's.jpg'",
      "File to write: .png for a contact sheet, .npy or .npz (samples) for numbers. "
        + "All options: latent sample --help"),
    Refusal(
      "encode RUN --out folder.png/codes",
      "--out: expected a name that ends in .png, .npy or .npz, found 'folder.png/codes'",
      "File to write: .npy or .npz for numbers, .png for a picture. "
        + "All options: latent encode --help"),
    Refusal(
      "encode RUN --split tset",
      "--split: expected one of test, validation, train, all, found 'tset'",
      "did you mean 'test'?"),
    Refusal(
      "decode RUN", "missing option --codes for 'latent decode'",
      "File of codes, .npy or .npz. All options: latent decode --help"),
    Refusal(
      "traverse RUN --range 3,-3",
      "--range: expected two ends such as -3,3, or as quantiles 5%,95%, found '3,-3'",
      "Ends of a row: standard deviations of the prior, or quantiles of the codes as 5%,95%; -3,3 if "
        + "left out. "
        + "All options: latent traverse --help"),
    Refusal(
      "interpolate RUN --from 1,2 --to 3",
      "expected as many examples in --to as in --from, found 1 and 2",
      "give one end for each beginning"),
    Refusal(
      "interpolate RUN --from -1 --to 3",
      "--from: expected whole numbers from 0 separated by commas, such as 0,5, found '-1'",
      "Examples to begin at, by number. All options: latent interpolate --help"),
    Refusal(
      "cite /nowhere", "/nowhere: is no run: it holds no run.json",
      "name a folder that `latent train` made; `latent list runs` shows them", code: .environment),
    Refusal(
      "completions bsh", "<shell>: expected one of bash, zsh, fish, found 'bsh'",
      "did you mean 'bash'?"),
    Refusal(
      "list", "missing subcommand for 'latent list'",
      "one of: recipes, datasets, metrics, papers, runs"),
    Refusal(
      "list paper", "unknown subcommand 'paper' for 'latent list'",
      "did you mean 'papers'? All commands: latent list --help"),
    Refusal(
      "train vae --data digits --steps 0",
      "--steps: expected a whole number, at least 1, found '0'",
      "Updates. All options: latent train --help"),
    Refusal(
      "train vae --data digits --minutes nan", "--minutes: expected a number, above 0, found 'nan'",
      "Minutes at work. All options: latent train --help"),
    Refusal(
      "train vae --data digits --seed -1",
      "--seed: expected a whole number, at least 0, found '-1'",
      "Number that all randomness comes from. All options: latent train --help"),
    Refusal(
      "train vae --data digits --name a/b",
      "--name: expected a folder's name without '/' that does not begin with '.', found 'a/b'",
      "choose the place with --out"),
    Refusal(
      "train vae --data digits --device gpu",
      "--device: expected cpu, cuda, cuda:N or mps, found 'gpu'", "use --device cpu"),
    Refusal(
      "train vae --data digits --device \(absent)",
      "--device \(absent): this machine or its LibTorch has no such device",
      "use --device cpu; latent doctor shows what there is", code: .environment),
    Refusal(
      "train vae --data digit", "digit: expected a data set's name or a path, found neither",
      "did you mean digits? `latent list datasets` shows all names"),
    Refusal(
      "train vae --data /nowhere/moons.csv",
      "/nowhere/moons.csv: there is no such file or folder",
      "check the path; `latent list datasets` shows the names that need none", code: .environment),
    Refusal(
      "evaluate", "expected a run folder or --codes, found neither",
      "latent evaluate RUN, or latent evaluate --codes z.npy --factors f.npy"),
    Refusal(
      "evaluate --codes z.npy --metrics migg", "unknown metric 'migg'",
      "did you mean 'mig'? All: latent list metrics"),
    Refusal(
      "evaluate --codes z.npy --metrics mig",
      "mig compares codes with ground-truth factors, and --factors is not given",
      "add --factors f.npy with one row an example"),
    Refusal(
      "evaluate --codes z.npy --metrics udr", "udr compares several runs, found one --codes",
      "repeat --codes for every run, on the same examples"),
    Refusal(
      "evaluate run --codes z.npy", "expected a run folder or --codes, found both",
      "leave one of them out"),
    Refusal(
      "resume /nowhere", "/nowhere: is no run: it holds no run.json",
      "name a folder that `latent train` made; `latent list runs` shows them", code: .environment),
    Refusal(
      "sample /nowhere", "/nowhere: is no run: it holds no run.json",
      "name a folder that `latent train` made; `latent list runs` shows them", code: .environment),
  ]

  @Test(arguments: refusals) func wrongWords(refusal: Refusal) {
    let outcome = latent(refusal.words)
    #expect(outcome.out == "")
    #expect(outcome.code == refusal.code)
    #expect(outcome.error == "error: \(refusal.message)\n hint: \(refusal.remedy)\n")
  }

  @Test func aFileOfOptionsIsNamed() throws {
    let cases = [
      (
        "{recipe: 'vae', dta: 'digits'}", "unknown key 'dta' in FILE",
        "did you mean 'data'? Keys are the names of the options; All options: latent train --help"
      ),
      (
        "{recipe: 'vae', data: 'digits', set: {latnt: 3}}", "unknown key 'latnt' in FILE",
        "did you mean 'latent'? (keys: \(Self.keys))"
      ),
      (
        "{recipe: 'vae', data: 'digits', set: {latent: 0}}",
        "latent in FILE: expected a whole number, from 1 to 4096, found '0'",
        "latent: Dimensions of the code. Default: 20"
      ),
      (
        "{data: 'digits'}", "missing <recipe> for 'latent train'",
        "Recipe to train, or a JSON5 file of options; latent list recipes shows the recipes. "
          + "All options: latent train --help"
      ),
      (
        "{recipe: 'vae', data: 'digits', steps: 3, epochs: 2}",
        "expected steps in FILE or epochs in FILE, found both", "keep one of them"
      ),
      (
        "{recipe: 'vae'", "FILE:1:15: expected ',' or '}', found the end of the text",
        "correct the file there; settings are written key: value, with commas between"
      ),
    ]
    for (text, message, remedy) in cases {
      try withFile(text) { path in
        let outcome = latent("train", path)
        #expect(outcome.code == .usage)
        #expect(
          outcome.error.replacing(path, with: "FILE") == "error: \(message)\n hint: \(remedy)\n")
      }
    }
  }

  @Test func withJSONARefusalIsOneDocument() {
    let outcome = latent("train", "vea", "--data", "digits", "--json")
    #expect(outcome.code == .usage)
    #expect(
      outcome.out == """
        {
          "error": {
            "message": "unknown recipe 'vea'",
            "remedy": "did you mean 'vae'? All: latent list recipes",
            "code": 2
          }
        }

        """)
  }
}
