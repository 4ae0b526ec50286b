public import LatentCore
public import LatentNN
public import Torch

/// p(x|z) of an autoregressive model that sees the code at every place: a decoder that can do without it.
///
/// Examples of 0 … 1 count as levels, round(x (n − 1)). With such a decoder the bound of a Gaussian code
/// is often best at KL = 0. **Shapes**: codes `[B] + codeShape` through `conditioner` to `[B, condition, H, W]`
/// or `[B, condition, 1, 1]`. **Source**: Chen et al. 2016, arXiv 1611.02731; van den Oord et al. 2017,
/// arXiv 1711.00937, section 4; Zhao, Song & Ermon 2017, arXiv 1706.02262, section 5.
public final class AutoregressiveDecoder: Module, CodeDecoder {
  /// Codes to what every place sees.
  public let conditioner: any UnaryLayer
  /// p(x|h).
  public let model: AutoregressiveModel
  private let codeRank: Int

  /// A decoder from codes of `codeRank` dimensions.
  public init(
    conditioner: any UnaryLayer, model: AutoregressiveModel, codeRank: Int = 1
  ) {
    self.conditioner = conditioner
    self.model = model
    self.codeRank = codeRank
  }

  /// A decoder from vectors of `latent` numbers, which enter each layer by an affine map.
  public convenience init(
    latent: Int, exampleShape: [Int], levels: Int = 256, sizes: PixelCNNSizes = PixelCNNSizes(),
    mixtures: Int = 5, using generator: Generator
  ) {
    let model = AutoregressiveModel(
      shape: exampleShape, levels: levels, condition: latent, sizes: sizes, using: generator
    ) { width, generator in
      LogisticMixtureHead(
        width: width, channels: exampleShape[0], levels: levels, mixtures: mixtures,
        using: generator)
    }
    self.init(conditioner: Unflatten([latent, 1, 1]), model: model)
  }

  /// Examples rounded to levels, still from 0 to 1.
  public func targets(_ examples: Tensor, using generator: Generator) -> Tensor {
    round(examples * Double(model.levels - 1)) / Double(model.levels - 1)
  }

  /// The levels of every number.
  public var density: String { "\(model.levels) levels of each number" }

  /// log p(x|z) in nats.
  public func logLikelihood(_ targets: Tensor, codes: Tensor) -> Tensor {
    let leading = Array(codes.shape.dropLast(codeRank))
    let flat = leading.count > 1 ? codes.flattened(from: 0, through: leading.count - 1) : codes
    let copies = leading.dropLast().reduce(1, *)
    let grids = pixelLevels(targets, count: model.levels)
    let rows =
      copies == 1 ? grids : grids.repeated([copies] + grids.shape.dropFirst().map { _ in 1 })
    return model.logProbability(rows, given: conditioner(flat)).reshaped(leading)
  }

  /// The picture of sequential means, which stands for the mean of p(x|z): that has no closed form.
  public func mean(_ codes: Tensor) -> Tensor {
    let grids = model.sequentialMean(codes.size(0), given: conditioner(codes))
    return grids.to(codes.dtype) / Double(model.levels - 1)
  }

  /// A draw from p(x|z).
  public func generate(_ codes: Tensor, using generator: Generator) -> Tensor {
    let grids = model.sample(codes.size(0), given: conditioner(codes), using: generator)
    return grids.to(codes.dtype) / Double(model.levels - 1)
  }
}

/// Numbers of 0 … 1 as levels 0 ..< count, int64.
func pixelLevels(_ examples: Tensor, count: Int) -> Tensor {
  round(examples.clamped(min: 0, max: 1) * Double(count - 1)).to(.int64)
}
