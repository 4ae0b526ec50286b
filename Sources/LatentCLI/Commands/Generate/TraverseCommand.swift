import Datasets
import LatentCore
import Report
import Runs
import Torch

/// `latent traverse`.
struct TraverseCommand: Command {
  static let summary = CommandSummary(
    "traverse", "Move along single axes of the code and decode.",
    discussion: """
      One row an axis, the most active axis first: by its mean KL divergence to the prior where the \
      method has posteriors, otherwise by the variance of the codes, over the first 1024 examples. \
      The other axes stay at the prior's mean, or with --from at the codes of examples, each of \
      which has a row of its own for every axis. Where mean and deviation of the prior are not \
      known, rows go around the mean of the codes, from their 5% to their 95% quantile. Arrays are [starts, axes, steps] + the example's \
      shape; an .npz holds examples, codes, axes, places and activity.
      """,
    examples: [
      .init("latent traverse RUN", "the eight most active axes around the prior's mean"),
      .init("latent traverse RUN --from 0,5 --axes 3,7 --steps 11", "two axes of two examples"),
      .init("latent traverse RUN --range 5%,95% --out t.npz", "between quantiles of the codes"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option("Axes in this order; the most active ones if left out.", value: "d,…") var axes:
    IndexList?
  @Option(
    "Number of axes that are shown at most.", short: "n", value: "n", check: .between(1, 10_000))
  var count = 8
  @Option("Examples of a row.", value: "n", check: .between(2, 1000)) var steps = 9
  @Option(
    "Ends of a row: standard deviations of the prior, or quantiles of the codes as 5%,95%; -3,3 if "
      + "left out.", value: "low,high")
  var range: AxisRange?
  @Option("Examples to start from, by number; the prior's mean if left out.", value: "i,…")
  var from: IndexList?
  @Option("File to write: .png for a contact sheet, .npy or .npz for numbers.")
  var out = ResultFile("traversals", .png)
  @OptionGroup("Data") var examples: ExampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let used = try UsedRun(run)
      let method = try used.method(as: (any Encodes & Decodes).self, to: "encode and decode")
      try used.checkAxes(method, to: "move along single axes")
      let data = try examples.open(for: used)
      let some = try data.batch(Array(0..<min(1024, data.count))).examples.to(Device.current)
      let codes = used.compute { method.encode(some) }
      let activity = used.compute { CodeActivity(of: method, on: some, codes: codes) }
      let shown = try shownAxes(activity, size: method.codeShape[0])
      let starts = try starts(used, method, data) ?? codes.mean(dim: 0, keepDim: true)
      let places = try places(used, codes, shown)
      let moved = codeTraversal(from: starts, axes: shown, places: places)
      let decoded = try used.decode(moved.flattened(from: 0, through: 2), by: method)
      let rows = decoded.reshaped(
        [starts.size(0), shown.count, steps] + decoded.shape.dropFirst())
      let arrays = [
        ("examples", rows), ("codes", moved.to(.cpu)), ("axes", Tensor(shown)),
        ("places", places.to(.cpu)), ("activity", Tensor(shown.map { activity.values[$0] })),
      ]
      var document = try out.write(arrays) { try picture(used.brightness(rows), shown) }
      let unit = activity.unit.isEmpty ? "" : " \(activity.unit)"
      for axis in shown {
        let value = NumberText.significant(activity.values[axis], digits: 3)
        console.print("z\(axis)  \(activity.measure.rawValue) \(value)\(unit)")
      }
      console.print("\(shown.count) axes of \(steps) examples in \(out.path)")
      document["axes"] = .array(
        shown.map { ["axis": .int($0), "activity": .double(activity.values[$0])] })
      document["activity"] = .string(activity.measure.rawValue)
      document["unit"] = .string(activity.unit)
      console.report(document)
    }
  }

  private func shownAxes(_ activity: CodeActivity, size: Int) throws -> [Int] {
    guard let axes else { return Array(activity.order.prefix(count)) }
    if let wrong = axes.values.first(where: { $0 >= size }) {
      throw CommandError.usage(
        "--axes: expected axes from 0 to \(size - 1), found \(wrong)",
        remedy: "leave --axes out for the most active ones")
    }
    return axes.values
  }

  /// The codes that rows start from, [starts, d]; nil where nothing was asked for and no prior is
  /// known.
  private func starts(
    _ used: UsedRun, _ method: any Encodes & Decodes, _ data: any Dataset
  ) throws -> Tensor? {
    guard let from else { return prior(used)?.mean.unsqueezed(dim: 0) }
    let chosen = try data.batch(from.values).examples.to(Device.current)
    return used.compute { method.encode(chosen) }
  }

  private func prior(_ used: UsedRun) -> (mean: Tensor, standardDeviation: Tensor)? {
    (used.opened.method as? any HasPrior)?.priorMoments
  }

  /// The coordinates that each of `axes` takes, [axes, steps].
  private func places(_ used: UsedRun, _ codes: Tensor, _ axes: [Int]) throws -> Tensor {
    let chosen = Tensor(axes).to(codes.device)
    let moments = prior(used)
    switch range ?? (moments == nil ? .quantiles(0.05, 0.95) : .deviations(-3, 3)) {
    case .deviations(let low, let high):
      guard let moments else {
        throw CommandError.usage(
          "recipe \(used.opened.recipe.name) has codes without a prior of known deviation",
          remedy: "give quantiles of the codes: --range 5%,95%")
      }
      let steps = Tensor.linspace(low, high, count: steps).unsqueezed(dim: 0)
      let (mean, deviation) = (
        moments.mean.selected(chosen, dim: 0), moments.standardDeviation.selected(chosen, dim: 0)
      )
      return mean.unsqueezed(dim: 1) + deviation.unsqueezed(dim: 1) * steps
    case .quantiles(let low, let high):
      let levels = (0..<steps).map { low + (high - low) * Double($0) / Double(steps - 1) }
      return codes.quantile(levels, dim: 0).selected(chosen, dim: 1).transposed(0, 1)
    }
  }

  /// Rows of one axis side by side: its starts one below the other.
  private func picture(_ rows: Tensor, _ axes: [Int]) throws -> Report.Picture {
    let count = rows.size(0)
    let ordered = rows.transposed(0, 1).flattened(from: 0, through: 1)
    let labels = axes.flatMap { axis in
      (0..<count).map { $0 == 0 ? "z\(axis)" : "" }
    }
    var grid = try PictureGrid(traversals: ordered, labels: labels)
    grid.groupSize = count
    return grid.picture()
  }
}
