public import LatentCore

/// The recipes that the package knows, by name.
public enum Recipes {
  /// All of them, in the order in which they are listed.
  public static let all: [any Recipe] = [
    ConditionalVAERecipe(),
    AutoencoderRecipe.hvae,
    AutoencoderRecipe.iwae,
    AutoencoderRecipe.vae,
    FlowRecipe(),
    AutoencoderRecipe.flowVAE,
  ]

  /// The recipe of this name, or nil.
  public static func named(_ name: String) -> (any Recipe)? { all.first { $0.name == name } }
}
