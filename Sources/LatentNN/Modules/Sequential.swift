public import Torch

/// Layers one after the other: y = fₙ(… f₂(f₁(x))).
///
///     Sequential(Linear(784, 400, using: generator), .relu, Linear(400, 20, using: generator))
///
/// A dense or convolutional layer and the `relu` behind it are one pass over the numbers. Paths: `layers.0`, `layers.1`, …,
/// counting those without parameters. PyTorch: `nn.Sequential`, whose paths lack `layers.`.
public final class Sequential: Module, UnaryLayer {
  /// The layers in the order of application.
  public let layers: [any UnaryLayer]

  /// The layers in the order of application; none is the identity.
  public init(_ layers: [any UnaryLayer]) { self.layers = layers }

  /// The layers in the order of application.
  public convenience init<each Layer: UnaryLayer>(_ layers: repeat each Layer) {
    var list: [any UnaryLayer] = []
    for layer in repeat each layers { list.append(layer) }
    self.init(list)
  }

  /// The output of the last layer.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    var x = x
    var index = 0
    while index < layers.count {
      if let layer = layers[index] as? any RectifiedLayer, index + 1 < layers.count,
        let activation = layers[index + 1] as? Activation, activation == .relu
      {
        x = layer.rectified(x)
        index += 2
      } else {
        x = layers[index](x)
        index += 1
      }
    }
    return x
  }

  /// The names of the layers in order, those without parameters too.
  public override var details: String {
    let names = layers.map { layer in
      if let activation = layer as? Activation { return "\(activation)" }
      return "\(type(of: layer))"
    }
    return "(\(names.joined(separator: ", ")))"
  }
}
