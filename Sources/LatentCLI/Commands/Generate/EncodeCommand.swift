import Datasets
import LatentCore
import Report
import Torch

/// `latent encode`.
struct EncodeCommand: Command {
  static let summary = CommandSummary(
    "encode", "Write the codes of examples.",
    discussion: """
      A code is the mean of an example's posterior, or with --sampled a draw from it. An .npz holds \
      codes, and labels and factors where the data have them; a .png has one row an example and \
      one column an axis, each from its 1% quantile (black) to its 99% quantile (white).
      """,
    examples: [
      .init("latent encode RUN --out codes.npy", "one row a test example"),
      .init("latent encode RUN --split train --out codes.npz", "codes with labels and factors"),
      .init("latent encode RUN --data mine.npy --split all", "own data in their own order"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option(
    "Number of examples, the first ones; all if left out.", short: "n", value: "n",
    check: .atLeast(1))
  var count: Int?
  @Option("File to write: .npy or .npz for numbers, .png for a picture.")
  var out = ResultFile("codes", .npy)
  @Flag("Draw from each posterior instead of taking its mean.") var sampled
  @Option("Number that draws come from.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Data") var examples: ExampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let used = try UsedRun(run)
      let encode = try encoding(used)
      let data = try examples.open(for: used)
      var codes: [Tensor] = []
      var labels: [Tensor] = []
      var factors: [Tensor] = []
      let end = min(count ?? data.count, data.count)
      for start in stride(from: 0, to: end, by: 1024) {
        let batch = try data.batch(Array(start..<min(start + 1024, end)))
        codes.append(used.compute { encode(batch.examples.to(Device.current)) }.to(.cpu))
        batch.labels.map { labels.append($0) }
        batch.factors.map { factors.append($0) }
      }
      let all = concatenated(codes)
      let arrays: [(String, Tensor?)] = [
        ("codes", all), ("labels", labels.isEmpty ? nil : concatenated(labels)),
        ("factors", factors.isEmpty ? nil : concatenated(factors)),
      ]
      let document = try out.write(arrays) { try picture(all) }
      console.print("\(all.size(0)) codes of \(Array(all.shape.dropFirst())) in \(out.path)")
      console.report(document)
    }
  }

  private func encoding(_ used: UsedRun) throws -> (Tensor) -> Tensor {
    guard sampled else {
      let method = try used.method(as: (any Encodes).self, to: "encode")
      return { method.encode($0) }
    }
    let method = try used.method(as: (any Infers).self, to: "draw codes, having no posterior")
    let generator = Generator(seed: UInt64(seed))
    return { method.posterior(of: $0).draw(using: generator).codes }
  }

  private func picture(_ codes: Tensor) throws -> Report.Picture {
    let rows = codes.reshaped([codes.size(0), -1]).to(.float32)
    // LibTorch's quantile takes 16 million numbers at most; a strided part is enough for a picture.
    let some = rows[TensorIndex.range(from: 0, to: nil, step: 1 + rows.count / 10_000_000)]
    let ends = some.quantile([0.01, 0.99], dim: 0)
    let width = (ends[1] - ends[0]).clamped(min: 1e-12)
    return try Picture((rows - ends[0]) / width)
      .scaled(by: max(1, min(120 / rows.size(1), 1600 / rows.size(0))))
  }
}
