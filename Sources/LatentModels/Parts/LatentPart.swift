public import Datasets
public import LatentCore
public import Torch

/// What stands between encoder and decoder in a recipe, with the settings that it brings.
public struct LatentPart: Sendable {
  /// Its own settings.
  let settings: ConfigSchema
  /// The bottleneck behind `features` numbers with a code of `size`, for these data.
  let make:
    @Sendable (
      _ config: Config, _ features: Int, _ size: Int, _ data: DatasetSchema, Generator
    ) -> any Bottleneck

  /// A part from its settings and what makes it.
  public init(
    settings: ConfigSchema = ConfigSchema(fields: []),
    make: @escaping @Sendable (Config, Int, Int, DatasetSchema, Generator) -> any Bottleneck
  ) {
    self.settings = settings
    self.make = make
  }

  /// A diagonal Gaussian posterior beside the prior that is configured.
  ///
  /// For objectives that take the rate from the bottleneck; those that write the standard normal prior into
  /// their formulas take the recipe's default instead.
  public static let gaussian = LatentPart.around { _, base, _, _ in base }

  /// What `wrap` makes of such a Gaussian, which stands behind `features` numbers.
  public static func around(
    _ wrap:
      @escaping @Sendable (
        _ config: Config, _ base: GaussianBottleneck, _ features: Int, Generator
      ) -> any Bottleneck
  ) -> LatentPart {
    LatentPart(settings: PriorSettings.schema) { config, features, size, data, generator in
      let prior = PriorSettings.prior(config, size: size, data: data, using: generator)
      let base = GaussianBottleneck(
        features: features, size: size, prior: prior, using: generator)
      return wrap(config, base, features, generator)
    }
  }
}
