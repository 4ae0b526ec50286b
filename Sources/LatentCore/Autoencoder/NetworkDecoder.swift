public import LatentNN
public import Torch

/// A network from codes to the parameters of a likelihood with independent elements.
///
/// **Shapes**: codes `[n] + codeShape` → parameters `[n, elements · parametersPerElement]` after
/// flattening; examples `[n] + exampleShape`.
public final class NetworkDecoder: Module, CodeDecoder {
  /// Codes to parameters.
  public let network: any UnaryLayer
  /// What the parameters are parameters of.
  public let likelihood: any Likelihood
  /// The shape of one example.
  public let exampleShape: [Int]
  private let codeRank: Int

  /// A decoder of examples of this shape from codes of `codeRank` dimensions.
  public init(
    _ network: any UnaryLayer, likelihood: any Likelihood, exampleShape: [Int], codeRank: Int = 1
  ) {
    self.network = network
    self.likelihood = likelihood
    self.exampleShape = exampleShape
    self.codeRank = codeRank
  }

  /// The likelihood's unit.
  public var unit: TermUnit { likelihood.unit }

  /// The likelihood's.
  public var density: String { likelihood.density }

  /// By the likelihood.
  public func targets(_ examples: Tensor, using generator: Generator) -> Tensor {
    likelihood.targets(examples, using: generator)
  }

  /// The parameters of each code, flat: `[n, elements · parametersPerElement]`.
  public func parameters(_ codes: Tensor) -> Tensor { network(codes).flattened(from: 1) }

  /// Summed over the elements.
  public func logLikelihood(_ targets: Tensor, codes: Tensor) -> Tensor {
    let flat = targets.flattened(from: 1)
    let leading = codes.shape.dropLast(codeRank)
    guard leading.count > 1 else {
      return likelihood.logProbability(flat, parameters: wide(parameters(codes), flat))
    }
    let all = wide(parameters(codes.flattened(from: 0, through: leading.count - 1)), flat)
    return likelihood.logProbability(
      flat.expanded(leading + [flat.size(1)]), parameters: all.reshaped(leading + [all.size(1)]))
  }

  /// Parameters in the targets' precision: products may come in bfloat16 under autocast, and a sum over pixels in it would
  /// be off by 0.4 %.
  private func wide(_ parameters: Tensor, _ targets: Tensor) -> Tensor {
    targets.dtype.isFloatingPoint ? parameters.to(targets.dtype) : parameters
  }

  /// The likelihood's mean.
  public func mean(_ codes: Tensor) -> Tensor {
    likelihood.mean(parameters(codes)).reshaped([codes.size(0)] + exampleShape)
  }
}
