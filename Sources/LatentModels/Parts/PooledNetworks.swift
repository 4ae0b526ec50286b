public import LatentCore
public import LatentNN
public import Torch

/// Which layers an encoder with batch normalisation is made of.
public enum PooledNetworkKind: String, Sendable, CaseIterable, ConfigValue {
  /// A convolution a width, each halving the picture.
  case conv
  /// A residual block a width, all but the first halving the picture.
  case residual
  /// A dense layer a width.
  case dense
}

/// Pictures to one vector of features, batch normalisation behind every layer.
///
/// Convolutions are 3 × 3 with padding 1 and end in the mean over the places that are left, so that any size of
/// picture gives `widths.last` features. **Shapes**: `[B, C, H, W]` → `[B, widths.last]`. **Source**: He et al.
/// 2016, arXiv 1512.03385, section 3.3 (blocks and pooling, at a smaller scale).
///
/// - Parameters:
///   - kind: which layers.
///   - exampleShape: `[C, H, W]`.
///   - widths: channels, or units, of each stage; at least one.
///   - generator: draws the weights.
/// - Returns: the layers.
public func pooledEncoder(
  _ kind: PooledNetworkKind, exampleShape: [Int], widths: [Int], using generator: Generator
) -> Sequential {
  var layers: [any UnaryLayer] = kind == .dense ? [Flatten()] : []
  var inputs = kind == .dense ? exampleShape.reduce(1, *) : exampleShape[0]
  if kind == .residual, let first = widths.first {
    layers += normalisedConvolution(inputs, first, stride: 1, using: generator)
    inputs = first
  }
  for (stage, outputs) in widths.enumerated() {
    switch kind {
    case .conv: layers += normalisedConvolution(inputs, outputs, stride: 2, using: generator)
    case .residual:
      layers.append(
        NormalisedResidualBlock(inputs, outputs, stride: stage == 0 ? 1 : 2, using: generator))
    case .dense:
      layers += [
        Linear(inputs, outputs, bias: false, using: generator), BatchNorm(outputs), Activation.relu,
      ]
    }
    inputs = outputs
  }
  return Sequential(kind == .dense ? layers : layers + [PlaceMean()])
}

/// The mean over all places: `[B, C, H, W]` → `[B, C]`. PyTorch: `nn.AdaptiveAvgPool2d(1)` and `nn.Flatten`.
public struct PlaceMean: UnaryLayer, Sendable {
  /// The layer.
  public init() {}

  /// The mean of each channel.
  public func callAsFunction(_ x: Tensor) -> Tensor { x.mean(dims: [2, 3]) }
}

/// relu(s(x) + f(x)), f two 3 × 3 convolutions and s the identity, or a 1 × 1 convolution where the shape changes.
///
/// **Shapes**: `[B, inputs, H, W]` → `[B, outputs, ⌈H/stride⌉, ⌈W/stride⌉]`. **Source**: He et al. 2016, arXiv
/// 1512.03385, figure 2 and section 3.3, option B.
public final class NormalisedResidualBlock: Module, UnaryLayer {
  let path: Sequential
  let shortcut: Sequential?

  /// A block from `inputs` to `outputs` channels.
  public init(_ inputs: Int, _ outputs: Int, stride: Int, using generator: Generator) {
    path = Sequential(
      normalisedConvolution(inputs, outputs, stride: stride, using: generator)
        + normalisedConvolution(outputs, outputs, stride: 1, using: generator).dropLast())
    let changes = inputs != outputs || stride != 1
    shortcut =
      changes
      ? Sequential(
        Conv2d(inputs, outputs, kernel: 1, stride: Extent(stride), bias: false, using: generator),
        BatchNorm(outputs)) : nil
  }

  /// relu(s(x) + f(x)).
  public func callAsFunction(_ x: Tensor) -> Tensor {
    Torch.relu((shortcut.map { $0(x) } ?? x) + path(x))
  }
}

/// A 3 × 3 convolution without a bias, batch normalisation, and a rectifier.
private func normalisedConvolution(
  _ inputs: Int, _ outputs: Int, stride: Int, using generator: Generator
) -> [any UnaryLayer] {
  [
    Conv2d(
      inputs, outputs, kernel: 3, stride: Extent(stride), padding: 1, bias: false, using: generator),
    BatchNorm(outputs), Activation.relu,
  ]
}
