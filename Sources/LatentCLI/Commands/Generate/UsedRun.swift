import Datasets
import LatentCore
import LatentModels
import LatentNN
import Runs
import Torch

/// A run whose trained model is used, with the weights of its best validation or the last ones.
struct UsedRun {
  /// The run.
  let opened: OpenedRun

  /// Opens the run and loads its weights; throws what `OpenedRun` throws.
  init(_ path: Path) throws {
    opened = try OpenedRun(path.text, recipes: Recipes.all)
    try opened.loadWeights()
  }

  /// The method as something that can do what a command needs; throws when it cannot, in the words
  /// «recipe NAME cannot `task`».
  func method<Capability>(as type: Capability.Type, to task: String) throws -> Capability {
    if let method = opened.method as? Capability { return method }
    throw CommandError.usage(
      "recipe \(opened.recipe.name) cannot \(task)", remedy: "use a run of another recipe")
  }

  /// Computes with the model in evaluation mode, without gradients.
  func compute<Result>(_ body: () throws -> Result) rethrows -> Result {
    try withoutGradients { try evaluating(opened.method.model, do: body) }
  }

  /// Codes [n, …] decoded, at most `size` at a time; throws what `check` throws for wrong ones.
  func decode(_ codes: Tensor, by method: any Decodes, size: Int = 1024) throws -> Tensor {
    try withTorchErrors {
      let count = codes.size(0)
      let parts = stride(from: 0, to: count, by: size).map { start in
        compute { method.decode(codes[start..<min(start + size, count)].to(Device.current)) }
          .to(.cpu)
      }
      return concatenated(parts)
    }
  }

  /// Examples as brightness from 0 to 1, by the range that the data had.
  func brightness(_ examples: Tensor) -> Tensor {
    guard let range = opened.record.schema.range, range != 0...1,
      range.lowerBound < range.upperBound
    else { return examples }
    return (examples - range.lowerBound) / (range.upperBound - range.lowerBound)
  }

  /// Codes as vectors along whose axes one can move; throws for codes of another form, in the words of
  /// `method(as:to:)`.
  func checkAxes(_ method: any Encodes, to task: String) throws {
    guard method.codeShape.count == 1 else {
      throw CommandError.usage(
        "recipe \(opened.recipe.name) cannot \(task): its codes have the shape \(method.codeShape)",
        remedy: "use a run whose codes are vectors")
    }
  }
}
