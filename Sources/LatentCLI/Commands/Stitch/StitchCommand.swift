import Datasets
import LatentCore
import Report
import Runs
import Torch

/// `latent stitch`.
struct StitchCommand: Command {
  static let summary = CommandSummary(
    "stitch", "Put the encoder of one run before the decoder of another.",
    discussion: """
      Both runs were trained on the same data. Codes of the first reach the second directly (zero-shot \
      where both runs have relative codes), through translations that are fitted to the codes of training \
      examples, the anchors, or as similarities to these. Scored on held-out examples: squared error \
      of what the second run decodes, and accuracy of its head or of a linear probe of its codes, beside what \
      it makes of its own codes (native) and what needs no code (chance: the mean example, the largest class).
      """,
    examples: [
      .init("latent stitch RUN_A RUN_B", "all ways that fit, with 300 anchors"),
      .init("latent stitch RUN_A RUN_B --anchors 50 --ways orthogonal,ridge", "two translations"),
      .init("latent stitch RUN_A RUN_B --out grid.png", "originals, native and stitched copies"),
    ])

  @Argument("Run folder whose encoder is used.", completion: .folders) var runA: Path
  @Argument("Run folder whose decoder or classifier is used.", completion: .folders) var runB: Path
  @Option(
    "Training examples that translations are fitted to.", value: "n", check: .between(2, 100_000))
  var anchors = 300
  @Option("Ways that codes take; all that fit if left out.", value: "names") var ways: StitchWays?
  @Option("What relative coordinates compare.") var similarity = RelativeCoordinates.cosine
  @Option("Penalty of the ridge translation, in variances of a code.", check: .atLeast(0))
  var penalty = 0.01
  @Option(
    "Number of held-out examples, the first ones.", short: "n", value: "n", check: .atLeast(2))
  var count = 2000
  @Option("Number that anchors are drawn by.", value: "n", check: .atLeast(0)) var seed = 0
  @Option("File for originals and copies: .png for a picture, .npy or .npz for numbers.")
  var out: ResultFile?
  @OptionGroup("Data") var examples: ExampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let (first, second) = (try UsedRun(runA), try UsedRun(runB))
      try checkData(first, second)
      let train = try first.opened.splits().train
      let data = try examples.open(for: first)
      let held = try data.batch(Array(0..<min(count, data.count)))
      let pair = try StitchedPair(
        first, second, train: train, held: held, anchorCount: anchors, seed: UInt64(seed))
      let some = try train.batch(Array(0..<min(CodeReader.fitted, train.count))).examples
      let result = try StitchResult(
        pair, wanted: ways, similarity: similarity, penalty: penalty,
        meanExample: some.mean(dim: 0))
      let view = StitchView(result: result, pair: pair)
      var document = view.json(anchors: anchors)
      if let out {
        for member in try out.write(view.arrays, picture: { try view.picture() }).members {
          document[member.name] = member.value
        }
      }
      view.show(on: console)
      if let out { console.print("Copies in \(out.path)") }
      console.report(document)
    }
  }

  /// Throws `CommandError` (exit code 2) for runs that learned from different examples.
  private func checkData(_ first: UsedRun, _ second: UsedRun) throws {
    let (a, b) = (first.opened.record.data, second.opened.record.data)
    guard a.fingerprint == b.fingerprint else {
      throw CommandError.usage(
        "\(runB) was trained on other data (\(b.source), \(b.fingerprint.prefix(15))…) than \(runA) (\(a.source), "
          + "\(a.fingerprint.prefix(15))…)",
        remedy: "stitch runs that were trained on the same data")
    }
  }
}

extension RelativeCoordinates: ArgumentValue {}
