import Datasets
import LatentCore
import Runs

/// `latent data`.
struct DataCommand: CommandGroup {
  static let summary = CommandSummary("data", "Look at data.")
  static var subcommands: [any Command.Type] { [InspectCommand.self] }
}

struct InspectCommand: Command {
  static let summary = CommandSummary(
    "inspect", "Show what a source holds: shape, range, counts, fingerprint.",
    examples: [.init("latent data inspect digits", "the digits that come with the package")])

  @Argument(
    "Source: a name or a path.", completion: .wordsAndFiles(DatasetRegistry.entries.map(\.name)))
  var source: String

  func run(_ console: Console) throws {
    let splits = try DatasetRegistry.open(source)
    let schema = splits.train.schema
    let test = try splits.test()
    let shape = schema.exampleShape.map(String.init).joined(separator: " × ")
    var facts: [(String, String)] = [
      ("source", source), ("kind", schema.kind.rawValue), ("shape", shape),
      ("range", schema.range.map { "\($0.lowerBound) to \($0.upperBound)" } ?? "not known"),
      ("training examples", "\(splits.train.count)"),
      ("validation examples", "\(splits.validation?.count ?? 0)"),
      ("test examples", "\(test.count)"),
    ]
    if let count = schema.classCount { facts.append(("classes", "\(count)")) }
    facts.append(("fingerprint", try splits.fingerprint))
    for (name, value) in facts { console.print("\(name): \(value)") }
    var document = JSONObject()
    for (name, value) in facts { document[name] = .string(value) }
    console.report(document)
  }
}
