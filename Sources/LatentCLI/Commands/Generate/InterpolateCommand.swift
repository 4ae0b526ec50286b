import Datasets
import LatentCore
import Report
import Runs
import Torch

/// `latent interpolate`.
struct InterpolateCommand: Command {
  static let summary = CommandSummary(
    "interpolate", "Go from one example to another through the code.",
    discussion: """
      One row a pair: the codes of both examples, and codes at equal distances between them, decoded. \
      A spherical path keeps the length of codes that are equally long, as those of a normal prior \
      nearly are. Arrays are [pairs, steps] + the example's shape; an .npz holds examples, codes, \
      from and to.
      """,
    examples: [
      .init("latent interpolate RUN --from 0 --to 7", "ten steps from test example 0 to 7"),
      .init(
        "latent interpolate RUN --from 0,3 --to 7,9 --path spherical --out path.npz",
        "two pairs as numbers"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("Examples to begin at, by number.", value: "i,…") var from: IndexList
  @Option("Examples to end at, as many.", value: "j,…") var to: IndexList
  @Option("Examples of a row, both ends included.", value: "n", check: .between(2, 1000))
  var steps = 10
  @Option("Way between two codes.") var path = CodePath.linear
  @Option("File to write: .png for a contact sheet, .npy or .npz for numbers.")
  var out = ResultFile("interpolation", .png)
  @OptionGroup("Data") var examples: ExampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    guard from.values.count == to.values.count else {
      throw CommandError.usage(
        "expected as many examples in --to as in --from, found \(to.values.count) and "
          + "\(from.values.count)", remedy: "give one end for each beginning")
    }
    try place.withDevice {
      let used = try UsedRun(run)
      let method = try used.method(as: (any Encodes & Decodes).self, to: "encode and decode")
      let data = try examples.open(for: used)
      let ends = try data.batch(from.values + to.values).examples.to(Device.current)
      let codes = used.compute { method.encode(ends) }
      guard codes.dtype.isFloatingPoint else {
        throw CommandError.usage(
          "recipe \(used.opened.recipe.name) has codes of \(codes.dtype), with nothing between them",
          remedy: "use a run whose codes are continuous")
      }
      let count = from.values.count
      let paths = stacked(
        (0..<count).map { path(from: codes[$0], to: codes[count + $0], steps: steps) })
      let decoded = try used.decode(paths.flattened(from: 0, through: 1), by: method)
      let rows = decoded.reshaped([count, steps] + decoded.shape.dropFirst())
      let arrays = [
        ("examples", rows), ("codes", paths.to(.cpu)), ("from", Tensor(from.values)),
        ("to", Tensor(to.values)),
      ]
      let document = try out.write(arrays) {
        let labels = zip(from.values, to.values).map { "\($0)-\($1)" }
        return try PictureGrid(traversals: used.brightness(rows), labels: labels).picture()
      }
      console.print("\(count) \(path.rawValue) paths of \(steps) examples in \(out.path)")
      console.report(document)
    }
  }
}

extension CodePath: ArgumentValue {}
