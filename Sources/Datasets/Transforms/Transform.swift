public import Torch

/// A change of the examples in a batch, described by a value.
///
/// Transforms that draw numbers take them from the generator that `apply` is given and from nothing
/// else. A list of transforms is applied from the first to the last.
public enum Transform: Sendable, Hashable, Codable {
  /// Pixels become 1 with their value as the probability, drawn anew each time, as in
  /// Y. Burda et al. 2016, arXiv:1509.00519. PyTorch: `torch.bernoulli`.
  case binarizeDynamically
  /// Pixels become 1 with their value as the probability, drawn once for each example by `seed`
  /// and the example's index, so that every batch shows the same.
  case binarizeStatically(seed: UInt64)
  /// Pixels become 1 where they are at least `threshold`.
  case binarize(threshold: Double)
  /// x → (x (`levels` − 1) + u)/`levels` with u uniform in [0, 1): a density for numbers that are
  /// rounded to `levels` values from 0 to 1, as in L. Theis et al. 2016, arXiv:1511.01844.
  case dequantize(levels: Int)
  /// x → `lower` + (`upper` − `lower`) x.
  case scale(lower: Double, upper: Double)
  /// The middle `height` × `width` of images.
  case cropCentre(height: Int, width: Int)
  /// A place of `height` × `width` that is drawn for each image, after `padding` zeros all round.
  case cropRandomly(height: Int, width: Int, padding: Int)
  /// Images mirrored left to right with this probability each.
  case flip(probability: Double)
  /// Brightness, contrast and saturation multiplied by factors uniform in 1 ± strength, a triple
  /// for each image; values are cut to 0 … 1.
  case jitter(brightness: Double, contrast: Double, saturation: Double)
  /// A window of each image, cropped, turned, mirrored and resized at once.
  case warp(RandomWarp)
  /// Colours turned around the grey axis by an angle uniform in ± `turn` of a whole turn, drawn for
  /// each image; values are cut to 0 … 1. Images of one channel stay.
  case hue(turn: Double)
  /// Colour images made grey with this probability each, by the luma of ITU-R BT.601.
  case greyscale(probability: Double)
  /// Images blurred with this probability each by a Gaussian window of σ uniform in 0.1 … 2 pixels
  /// and about a tenth of the side wide, as in J.-B. Grill et al. 2020, arXiv:2006.07733.
  case blur(probability: Double)
  /// x → 1 − x where x is at least a half, with this probability for each image.
  case solarize(probability: Double)
  /// x → x + ε with ε normal of this standard deviation at each element; values are cut to 0 … 1.
  case noise(deviation: Double)

  /// The batch with changed examples; labels, factors and indices stay.
  ///
  /// Fails as operators do for examples that are no images where images are needed.
  public func apply(to batch: Batch, using generator: Generator) -> Batch {
    var result = batch
    result.examples = changed(batch, generator)
    return result
  }

  /// What examples are afterwards.
  public func schema(after schema: DatasetSchema) -> DatasetSchema {
    var result = schema
    switch self {
    case .binarizeDynamically, .binarizeStatically, .binarize:
      if schema.kind == .greyImage { result.kind = .binaryImage }
      result.range = 0...1
    case .dequantize: result.range = 0...1
    case .scale(let lower, let upper):
      result.range = schema.range.map { old in
        let ends = [old.lowerBound, old.upperBound].map { lower + (upper - lower) * $0 }
        return min(ends[0], ends[1])...max(ends[0], ends[1])
      }
      if lower != 0 || upper != 1, schema.kind == .binaryImage { result.kind = .greyImage }
    case .cropCentre(let height, let width), .cropRandomly(let height, let width, _):
      result.exampleShape = schema.exampleShape.dropLast(2) + [height, width]
    case .warp, .hue, .greyscale, .blur, .solarize, .noise:
      // Places between pixels, blur and noise make grey of black and white.
      if schema.kind == .binaryImage { result.kind = .greyImage }
    case .flip, .jitter: break
    }
    return result
  }

  private func changed(_ batch: Batch, _ generator: Generator) -> Tensor {
    let x = batch.examples
    switch self {
    case .binarizeDynamically: return .bernoulli(x, using: generator)
    case .binarizeStatically(let seed): return StaticBinarization.apply(batch, seed: seed)
    case .binarize(let threshold): return (x .>= threshold).to(.float32)
    case .dequantize(let levels):
      return (x * (levels - 1) + Tensor.rand(x.shape, using: generator)) / levels
    case .scale(let lower, let upper): return x * (upper - lower) + lower
    case .cropCentre(let height, let width):
      let (_, _, h, w) = x.shape4
      let (top, left) = ((h - height) / 2, (w - width) / 2)
      return x[.all, .all, top..<top + height, left..<left + width]
    case .cropRandomly(let height, let width, let padding):
      return ImageTransforms.crop(x, height, width, padding, generator)
    case .flip(let probability): return ImageTransforms.flip(x, probability, generator)
    case .jitter(let brightness, let contrast, let saturation):
      return ImageTransforms.jitter(x, brightness, contrast, saturation, generator)
    case .warp(let warp): return warp.apply(x, generator)
    case .hue(let turn): return ImageTransforms.hue(x, turn, generator)
    case .greyscale(let probability): return ImageTransforms.greyscale(x, probability, generator)
    case .blur(let probability): return ImageTransforms.blur(x, probability, generator)
    case .solarize(let probability): return ImageTransforms.solarize(x, probability, generator)
    case .noise(let deviation): return ImageTransforms.noise(x, deviation, generator)
    }
  }
}

extension [Transform] {
  /// The batch after all of them.
  public func apply(to batch: Batch, using generator: Generator) -> Batch {
    reduce(batch) { $1.apply(to: $0, using: generator) }
  }

  /// What examples are after all of them.
  public func schema(after schema: DatasetSchema) -> DatasetSchema {
    reduce(schema) { $1.schema(after: $0) }
  }
}
