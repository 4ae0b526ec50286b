import Datasets
import LatentCore
import Report
import Torch

/// `latent reconstruct`.
struct ReconstructCommand: Command {
  static let summary = CommandSummary(
    "reconstruct", "Pass examples through a run's code and back.",
    discussion: """
      A picture has the originals above their reconstructions. An .npz holds reconstructions, \
      originals, and labels and factors where the data have them.
      """,
    examples: [
      .init("latent reconstruct RUN --out pairs.png", "forty pairs of test examples"),
      .init("latent reconstruct RUN --data mine.npy --split all -n 1000 --out r.npz", "own data"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option(
    "Number of examples, the first ones.", short: "n", value: "n", check: .between(1, 100_000))
  var count = 40
  @Option("File to write: .png for a contact sheet, .npy or .npz for numbers.")
  var out = ResultFile("reconstructions", .png)
  @OptionGroup("Data") var examples: ExampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let used = try UsedRun(run)
      let method = try used.method(as: (any Reconstructs).self, to: "reconstruct")
      let data = try examples.open(for: used)
      let batch = try data.batch(Array(0..<min(count, data.count)))
      let copies = used.compute { method.reconstruct(batch.examples.to(Device.current)) }.to(.cpu)
      let arrays = [
        ("reconstructions", copies), ("originals", batch.examples), ("labels", batch.labels),
        ("factors", batch.factors),
      ]
      let document = try out.write(arrays) {
        try PictureGrid(
          stacking: [used.brightness(batch.examples), used.brightness(copies)],
          columns: min(10, batch.count)
        ).picture()
      }
      console.print("\(batch.count) reconstructions in \(out.path)")
      console.report(document)
    }
  }
}
