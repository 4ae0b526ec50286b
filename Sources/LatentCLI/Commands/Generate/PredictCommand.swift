import Datasets
import LatentCore
import Runs
import Torch

/// `latent predict`.
struct PredictCommand: Command {
  static let summary = CommandSummary(
    "predict", "Write the classes or numbers that a run predicts, with their uncertainty.",
    discussion: """
      Of a classifier, probabilities [n, classes]; an .npz holds novelty beside them (larger is \
      stranger) and the classes where the data have them. Of a regressor, means [n, targets]; an \
      .npz holds variances beside them and the factors where the data have them.
      """,
    examples: [
      .init("latent predict RUN --out p.npy", "probabilities of the test examples"),
      .init("latent predict RUN --data mine.csv --out p.npz", "own data in their own order"),
    ])

  @Argument("Run folder.", completion: .folders) var run: Path
  @Option(
    "Number of examples, the first ones; all if left out.", short: "n", value: "n",
    check: .atLeast(1))
  var count: Int?
  @Option("File to write: .npy or .npz.") var out = ResultFile("predictions", .npz)
  @Option("Number that draws come from.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Data") var examples: ExampleOptions
  @OptionGroup("Place") var place: DeviceOptions

  func run(_ console: Console) throws {
    try place.withDevice {
      let used = try UsedRun(run)
      let predict = try prediction(used)
      let data = try examples.open(for: used)
      let end = min(count ?? data.count, data.count)
      var parts: [[(name: String, tensor: Tensor)]] = []
      for start in stride(from: 0, to: end, by: 1024) {
        let batch = try data.batch(Array(start..<min(start + 1024, end)))
        var arrays = used.compute { predict(batch.examples.to(Device.current)) }
        batch.labels.map { arrays.append(("labels", $0)) }
        batch.factors.map { arrays.append(("factors", $0)) }
        parts.append(arrays)
      }
      let first = parts.first ?? []
      let arrays = first.indices.map { place in
        (name: first[place].name, tensor: concatenated(parts.map { $0[place].tensor.to(.cpu) }))
      }
      let document = try out.write(arrays.map { ($0.name, $0.tensor) })
      console.print("\(end) predictions in \(out.path)")
      console.report(document)
    }
  }

  private func prediction(_ used: UsedRun) throws -> (Tensor) -> [(name: String, tensor: Tensor)] {
    if let method = used.opened.method as? any Regresses {
      return { examples in
        let (mean, variance) = method.predict(examples)
        return [("means", mean), ("variances", variance)]
      }
    }
    let method = try used.method(as: (any Classifies).self, to: "predict classes or numbers")
    let generator = Generator(seed: UInt64(seed))
    return { examples in
      [
        ("probabilities", exp(method.classLogProbabilities(examples, using: generator))),
        ("novelty", method.novelty(examples, using: generator)),
      ]
    }
  }
}
