import Foundation
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

  static let keys =
    "beta, latent, network, hidden, likelihood, sigma, binarise, batch-size, accumulate, optimizer, "
    + "learning-rate, schedule, warmup, final-rate, decay-every, decay-factor, schedule-steps, "
    + "weight-decay, clip, precision, ema, kl-annealing, kl-warmup, kl-cycles, kl-proportion, "
    + "free-bits, divergence, patience, validate-every, checkpoint-seconds, log-every"

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
      "expected one budget, found --epochs and --steps", "keep one of them"),
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
