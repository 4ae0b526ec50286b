import Datasets
import LatentCore
import LatentNN
import Runs
import Torch

/// A run's model with what was asked of it before, so that a slider costs one pass of the decoder.
final class ModelRoom {
  let used: UsedRun
  let path: String
  private var splits: DatasetSplits?
  private var form: RoomCodes?
  private var parts: [ExampleOptions.Part: any Dataset] = [:]

  /// Maps by their part and number of codes.
  var layouts: [String: CodeLayout] = [:]

  /// Opens the run and loads its weights; throws what `UsedRun` throws.
  init(_ run: Path) throws {
    used = try UsedRun(run)
    path = run.text
  }

  var method: any Method { used.opened.method }
  var schema: DatasetSchema { used.opened.record.schema }

  /// The answer to a question; throws `CommandError` and what data throw.
  func answer(_ question: RoomQuestion) throws -> JSONObject {
    switch question.ask {
    case "axes": return try axes()
    case "decode": return try decode(question)
    case "encode": return try encode(question)
    case "path": return try path(question)
    case "map": return try map(question)
    case "region": return try region(question)
    case "reconstruct": return try reconstruct(question)
    case "export": return try export(question)
    case "about": return try about()
    default:
      throw question.refused(
        "ask", "about, axes, decode, encode, path, map, region, reconstruct or export")
    }
  }

  /// A part of the run's own data, opened once.
  func examples(_ name: String?) throws -> any Dataset {
    guard let part = ExampleOptions.Part(rawValue: name ?? "test"), part != .all else {
      throw CommandError.usage(
        "split: expected train, validation or test, found '\(name ?? "")'", remedy: "use test")
    }
    if let known = parts[part] { return known }
    let splits = try self.splits ?? used.opened.splits()
    self.splits = splits
    let found: (any Dataset)? =
      switch part {
      case .train: splits.train
      case .validation: splits.validation
      default: try splits.test()
      }
    guard let found else {
      throw CommandError.usage("the data have no validation part", remedy: "use test")
    }
    parts[part] = found
    return found
  }

  /// The code's form; throws `CommandError` for a method without codes.
  func codes() throws -> RoomCodes {
    if let known = form { return known }
    let example = try examples(nil).batch([0]).examples.to(Device.current)
    let found = try used.compute {
      try RoomCodes(method, recipe: used.opened.recipe.name, example: example)
    }
    form = found
    return found
  }

  /// The codes of examples, on the processor.
  func encoded(_ examples: Tensor, _ form: RoomCodes) -> Tensor {
    byParts(examples) { form.encoder.encode($0) }
  }

  /// What the model makes of examples, 256 at a time on its device, together on the processor.
  func byParts(_ examples: Tensor, _ body: (Tensor) -> Tensor) -> Tensor {
    used.compute {
      let count = examples.size(0)
      return concatenated(
        stride(from: 0, to: count, by: 256).map { start in
          body(examples[start..<min(start + 256, count)].to(Device.current)).to(.cpu)
        })
    }
  }

  /// The command that does the same.
  func command(_ words: String...) -> JSONValue {
    .string(ShellLine.text(["latent"] + words))
  }

  /// Pictures, series or texts of decoded or given examples `[n, …]`, as members of an answer.
  func shown(_ examples: Tensor) throws -> JSONObject {
    try RoomView(schema, used).members(examples)
  }
}
