import Datasets
import LatentCore
import LatentModels
import LatentNN
import Report
import Runs
import Torch

/// `latent sample`.
struct SampleCommand: Command {
  static let summary = CommandSummary(
    "sample", "Draw new examples from a run's model.",
    examples: [.init("latent sample RUN -n 64 --out grid.png", "64 samples as one picture")])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("Number of samples.", short: "n", value: "n", check: .between(1, 100_000)) var count = 64
  @Option("File to write: .png for a contact sheet, .npy for numbers.", completion: .files)
  var out = Path("samples.png")
  @Option("Number that the samples come from.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let opened = try open(run)
      guard let method = opened.method as? any Samples else { throw unable(opened, "draw samples") }
      let generator = Generator(seed: UInt64(seed))
      let drawn = withoutGradients {
        evaluating(opened.method.model) { method.sample(count, using: generator) }
      }
      try write(drawn, to: out)
      console.print("\(count) samples in \(out.text)")
      console.report(["out": .string(out.text), "n": .int(count)])
    }
  }
}

/// `latent reconstruct`.
struct ReconstructCommand: Command {
  static let summary = CommandSummary(
    "reconstruct", "Pass held-out examples through a run's code and back.",
    discussion: "A picture has the originals above their reconstructions.",
    examples: [.init("latent reconstruct RUN --out pairs.png", "forty pairs of test examples")])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("Number of examples.", short: "n", value: "n", check: .between(1, 100_000)) var count = 40
  @Option("File to write: .png for a contact sheet, .npy for numbers.", completion: .files)
  var out = Path("reconstructions.png")
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let opened = try open(run)
      guard let method = opened.method as? any Reconstructs else {
        throw unable(opened, "reconstruct")
      }
      let test = try opened.splits().test()
      let originals = try test.batch(Array(0..<min(count, test.count))).examples
      let copies = withoutGradients {
        evaluating(opened.method.model) { method.reconstruct(originals) }
      }
      if out.text.hasSuffix(".png") {
        let columns = min(10, originals.size(0))
        try PictureGrid(stacking: [originals, copies], columns: columns).picture()
          .write(to: out.text)
      } else {
        try write(copies, to: out)
      }
      console.print("\(originals.size(0)) reconstructions in \(out.text)")
      console.report(["out": .string(out.text), "n": .int(originals.size(0))])
    }
  }
}

/// `latent encode`.
struct EncodeCommand: Command {
  static let summary = CommandSummary(
    "encode", "Write the codes of a run's test data.",
    examples: [.init("latent encode RUN --out codes.npy", "one row an example")])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("File to write, .npy.", completion: .files) var out = Path("codes.npy")
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let opened = try open(run)
      guard let method = opened.method as? any Encodes else { throw unable(opened, "encode") }
      let test = try opened.splits().test()
      var parts: [Tensor] = []
      try test.forEachBatch(of: 1024) { batch in
        parts.append(
          withoutGradients {
            evaluating(opened.method.model) { method.encode(batch.examples) }
          })
      }
      let codes = concatenated(parts)
      try write(codes, to: out)
      console.print("\(codes.size(0)) codes of \(method.codeShape) in \(out.text)")
      let shape = codes.shape.map { JSONValue.int($0) }
      console.report(["out": .string(out.text), "shape": .array(shape)])
    }
  }
}

private func open(_ run: Path) throws -> OpenedRun {
  let opened = try OpenedRun(run.text, recipes: Recipes.all)
  try opened.loadWeights()
  return opened
}

private func unable(_ opened: OpenedRun, _ what: String) -> CommandError {
  .usage("recipe \(opened.recipe.name) cannot \(what)", remedy: "use a run of another recipe")
}

/// Writes examples as a contact sheet or an array, by the file's name.
private func write(_ tensor: Tensor, to path: Path) throws {
  if path.text.hasSuffix(".png") {
    try PictureGrid(tensor).picture().write(to: path.text)
  } else if path.text.hasSuffix(".npy") {
    try NumPyArray(tensor).write(to: path.text)
  } else {
    throw CommandError.usage(
      "--out: expected a name that ends in .png or .npy, found '\(path.text)'",
      remedy: "use --out \(path.text).npy")
  }
}
