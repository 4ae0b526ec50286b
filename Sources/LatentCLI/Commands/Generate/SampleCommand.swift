import LatentCore
import Report
import Torch

/// `latent sample`.
struct SampleCommand: Command {
  static let summary = CommandSummary(
    "sample", "Draw new examples from a run's model.",
    examples: [
      .init("latent sample RUN -n 64 --out grid.png", "64 samples as one picture"),
      .init("latent sample RUN -n 5000 --out samples.npy", "numbers, as means of the likelihood"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("Number of samples.", short: "n", value: "n", check: .between(1, 100_000)) var count = 64
  @Option("File to write: .png for a contact sheet, .npy or .npz (samples) for numbers.")
  var out = ResultFile("samples", .png)
  @Option("Number that the samples come from.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let used = try UsedRun(run)
      let method = try used.method(as: (any Samples).self, to: "draw samples")
      let generator = Generator(seed: UInt64(seed))
      let drawn = used.compute { method.sample(count, using: generator) }.to(.cpu)
      let document = try out.write([("samples", drawn)]) {
        try PictureGrid(used.brightness(drawn)).picture()
      }
      console.print("\(count) samples in \(out.path)")
      console.report(document)
    }
  }
}
