import Datasets
import LatentCore

/// Examples as numbers over time: time is their last dimension, and what stands before it are channels.
struct SeriesShape {
  /// The numbers at each place.
  let channels: Int
  /// The places, at least two.
  let length: Int

  /// The series of these data; throws `RecipeError` in the name of `recipe` for tokens and for fewer than two places.
  init(of data: DatasetSchema, recipe: String) throws {
    let shape = data.exampleShape
    guard data.kind != .tokens, let length = shape.last, length > 1 else {
      throw RecipeError(
        "recipe \(recipe) expects numbers over time in the last dimension, found "
          + "\(data.kind.rawValue) of shape \(shape)",
        remedy: "train on series, such as --data series")
    }
    self.length = length
    channels = shape.dropLast().reduce(1, *)
  }
}
