import LatentCore
import Report
import Runs
import Torch

/// `latent decode`.
struct DecodeCommand: Command {
  static let summary = CommandSummary(
    "decode", "Turn codes from a file into examples.",
    discussion: """
      The codes are a NumPy array with one code a row, such as latent encode writes; of an .npz the \
      array that --array names. An .npz that is written holds examples and codes.
      """,
    examples: [
      .init("latent decode RUN --codes z.npy --out x.npy", "the mean example of each code"),
      .init("latent decode RUN --codes z.npz --out x.png", "a contact sheet"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("File of codes, .npy or .npz.", value: "file", completion: .files) var codes: Path
  @Option("Array of an .npz file.", value: "name") var array = "codes"
  @Option("File to write: .npy or .npz for numbers, .png for a contact sheet.")
  var out = ResultFile("decoded", .npy)
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let used = try UsedRun(run)
      let method = try used.method(as: (any Decodes).self, to: "decode")
      let codes = try read(for: used)
      let decoded = try used.decode(codes, by: method)
      let document = try out.write([("examples", decoded), ("codes", codes)]) {
        try PictureGrid(used.brightness(decoded)).picture()
      }
      console.print("\(decoded.size(0)) examples in \(out.path)")
      console.report(document)
    }
  }

  private func read(for used: UsedRun) throws -> Tensor {
    var found: Tensor
    if codes.text.lowercased().hasSuffix(".npz") {
      found = try NumPyArchive(path: codes.text, only: [array]).tensors[array] ?? Tensor([Double]())
    } else {
      found = try NumPyArray(path: codes.text).tensor
    }
    if found.dtype == .float64 || found.dtype == .float16 { found = found.to(.float32) }
    let expected = (used.opened.method as? any Encodes)?.codeShape
    let shape = expected.map { (["n"] + $0.map(String.init)).joined(separator: ", ") }
    guard found.rank > 0, found.size(0) > 0,
      expected == nil || expected == Array(found.shape.dropFirst())
    else {
      throw CommandError.environment(
        "\(codes): expected codes of shape [\(shape ?? "n, …")], found \(found.shape)",
        remedy: "give codes of the run's own model, such as latent encode \(run) writes")
    }
    guard !found.dtype.isFloatingPoint || found.isFinite.all().item() == 1 else {
      throw CommandError.environment(
        "\(codes): expected finite numbers, found NaN or infinity", remedy: "remove those rows")
    }
    return found
  }
}
