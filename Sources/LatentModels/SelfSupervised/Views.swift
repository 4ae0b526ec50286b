public import Datasets
import LatentCore
public import Torch

/// Two random views of each example, which a self-supervised encoder is to tell apart from those of other examples.
///
/// Each view takes every change of its list in turn; changes carry no gradients. The two lists may differ, as BYOL's do in blur and
/// solarisation. **Randomness**: the step's generator alone. **Source**: Grill et al. 2020, arXiv 2006.07733,
/// section 3.3.
public struct Views: Sendable, Hashable {
  /// What is done to the first view.
  public let first: [Transform]
  /// What is done to the second view.
  public let second: [Transform]

  /// Views by these changes, the second's by default those of the first.
  public init(_ first: [Transform], _ second: [Transform]? = nil) {
    self.first = first
    self.second = second ?? first
  }

  /// Both views of the examples of a batch, each in the shape of the examples.
  public func callAsFunction(
    _ batch: Batch, using generator: Generator
  ) -> (first: Tensor, second: Tensor) {
    withoutGradients {
      let one = first.apply(to: batch, using: generator).examples
      return (one, second.apply(to: batch, using: generator).examples)
    }
  }
}

/// The settings of views of pictures.
///
/// Mirror images, turns and shifts start at none: what they leave out of the code is for the user to say.
struct ViewSettings: Sendable {
  let area = ConfigKey(
    "crop-area", default: 0.3, in: .above(0, upTo: 1),
    "Smallest share of a picture that a view shows.")
  let flip = ConfigKey(
    "flip", default: 0.0, in: .between(0, 1),
    "Probability of a mirror image; 0.5 for pictures whose mirror image means the same.")
  let rotation = ConfigKey(
    "rotation", default: 0.0, in: .between(0, 180), unit: "degrees", "Largest turn, both ways.")
  let shift = ConfigKey(
    "shift", default: 0.0, in: .between(0, 1), "Largest shift both ways, as a part of the side.")
  let border = ConfigKey(
    "border", default: BorderKind.zeros, "What stands where a turned or shifted picture ends.")
  let jitter = ConfigKey(
    "jitter", default: 0.4, in: .between(0, 1), "Strength of changes of brightness and contrast.")
  let saturation = ConfigKey(
    "saturation", default: 0.2, in: .between(0, 1),
    "Strength of changes of saturation, colour pictures only.")
  let hue = ConfigKey(
    "hue", default: 0.1, in: .between(0, 0.5), "Largest turn of colours, as a part of a whole turn."
  )
  let greyscale = ConfigKey(
    "greyscale", default: 0.2, in: .between(0, 1), "Probability that a colour picture turns grey.")
  let blur = ConfigKey("blur", default: 0.1, in: .between(0, 1), "Probability of a blurred view.")
  let solarize = ConfigKey(
    "solarize", default: 0.0, in: .between(0, 1),
    "Probability that light tones of the second view are inverted.")
  let noise = ConfigKey(
    "noise", default: 0.0, in: .between(0, 1), "Standard deviation of noise at each pixel.")

  var schema: ConfigSchema {
    ConfigSchema(
      area, flip, rotation, shift, border, jitter, saturation, hue, greyscale, blur, solarize, noise
    )
  }

  /// The views that are configured, of pictures of this kind.
  func views(_ config: Config, _ kind: DatasetSchema.Kind) -> Views {
    let warp = RandomWarp(
      area: config[area], aspect: 4.0 / 3, flip: config[flip], degrees: config[rotation],
      shift: config[shift], border: config[border].border)
    var changes: [Transform] = [.warp(warp)]
    let isColour = kind == .colourImage
    if config[jitter] > 0 || (isColour && config[saturation] > 0) {
      changes.append(
        .jitter(
          brightness: config[jitter], contrast: config[jitter],
          saturation: isColour ? config[saturation] : 0))
    }
    if isColour {
      changes += [.hue(turn: config[hue]), .greyscale(probability: config[greyscale])]
    }
    if config[blur] > 0 { changes.append(.blur(probability: config[blur])) }
    let sharp = changes
    if config[solarize] > 0 { changes.append(.solarize(probability: config[solarize])) }
    let noise: [Transform] = config[noise] > 0 ? [.noise(deviation: config[noise])] : []
    return Views(sharp + noise, changes + noise)
  }
}

/// What stands outside of a picture, as a setting.
enum BorderKind: String, Sendable, CaseIterable, ConfigValue {
  case zeros, edge, mirror

  var border: RandomWarp.Border {
    switch self {
    case .zeros: .zeros
    case .edge: .edge
    case .mirror: .mirror
    }
  }
}
