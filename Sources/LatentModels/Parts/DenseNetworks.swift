public import LatentNN
public import Torch

/// Dense layers of these widths with a nonlinearity between them, and behind the last if `activateLast`.
public func denseStack(
  _ widths: [Int], activateLast: Bool, activation: Activation = .relu, using generator: Generator
) -> Sequential {
  Sequential(denseLayers(widths, activateLast, activation, using: generator))
}

/// Examples of `elements` numbers, flattened, through hidden layers of these widths: `[B, hidden.last]`.
public func denseEncoder(
  _ elements: Int, hidden: [Int], activation: Activation = .relu, using generator: Generator
) -> Sequential {
  let layers = denseLayers([elements] + hidden, true, activation, using: generator)
  return Sequential([Flatten()] + layers)
}

/// Codes of `size` numbers through hidden layers of these widths to `outputs` numbers.
public func denseDecoder(
  _ size: Int, hidden: [Int], outputs: Int, activation: Activation = .relu,
  using generator: Generator
) -> Sequential {
  denseStack(
    [size] + hidden + [outputs], activateLast: false, activation: activation, using: generator)
}

private func denseLayers(
  _ widths: [Int], _ activateLast: Bool, _ activation: Activation, using generator: Generator
) -> [any UnaryLayer] {
  var layers: [any UnaryLayer] = []
  for index in 1..<widths.count {
    layers.append(Linear(widths[index - 1], widths[index], using: generator))
    if index < widths.count - 1 || activateLast { layers.append(activation) }
  }
  return layers
}
