public import LatentNN
public import Torch

/// A dense network whose layers may be masked, and which a context enters at every layer.
///
/// h₁ = relu((W₁ ∘ M₁) x + C₁ c + b₁), and so on; the last layer is affine. Its weights can be read without
/// their history, so that a density can be evaluated whose parameters get no gradient. The last layer starts
/// near zero: flows begin near the identity. **Shapes**: x `[…, inputs]`, c `[…, context]`, whose leading
/// dimensions broadcast with those of x.
public final class Conditioner: Module {
  let weights: [Parameter]
  let biases: [Parameter]
  let contextWeights: [Parameter]
  let masks: [Buffer]

  /// A network of these widths, inputs first, with a mask `[outputs, inputs]` a layer or none.
  public init(
    widths: [Int], masks: [Tensor] = [], context: Int = 0, using generator: Generator
  ) {
    var (weights, biases, contextWeights): ([Parameter], [Parameter], [Parameter]) = ([], [], [])
    for (index, (inputs, outputs)) in zip(widths, widths.dropFirst()).enumerated() {
      let layer = Linear(inputs + context, outputs, using: generator)
      let scale = index == widths.count - 2 ? 0.01 : 1
      let parts = (layer.weight.value.detached() * scale).split(sizes: [inputs, context], dim: 1)
      weights.append(Parameter(parts[0]))
      if context > 0 { contextWeights.append(Parameter(parts[1])) }
      biases.append(Parameter(Tensor.zeros([outputs])))
    }
    (self.weights, self.biases, self.contextWeights) = (weights, biases, contextWeights)
    self.masks = masks.map { Buffer($0, isSaved: false) }
  }

  /// The network's present numbers as a function.
  public var values: Values {
    let masked =
      masks.isEmpty
      ? weights.map(\.value) : zip(weights, masks).map { $0.value * $1.value }
    return Values(
      weights: masked, biases: biases.map(\.value), contextWeights: contextWeights.map(\.value))
  }

  /// A network as a function of its input and context.
  public struct Values {
    let weights: [Tensor]
    let biases: [Tensor]
    let contextWeights: [Tensor]

    /// The network's output `[…, outputs]`.
    public func callAsFunction(_ x: Tensor, context: Tensor? = nil) -> Tensor {
      var h = x
      for (index, weight) in weights.enumerated() {
        if index > 0 { h = relu(h) }
        h = linear(h, weight: weight, bias: biases[index])
        if let context, !contextWeights.isEmpty {
          h += linear(context, weight: contextWeights[index])
        }
      }
      return h
    }

    /// The same network without the history of its weights.
    public func detached() -> Values {
      Values(
        weights: weights.map { $0.detached() }, biases: biases.map { $0.detached() },
        contextWeights: contextWeights.map { $0.detached() })
    }
  }
}

extension Conditioner {
  /// A network whose output group i depends on inputs 0 ..< i alone (MADE).
  ///
  /// The output is `[…, size · parameters]`, all parameters of element 0 first. Input i has degree i + 1, hidden
  /// units have degrees 1 … size − 1 in turn, and a unit sees those of no larger degree, outputs those of a
  /// smaller one. **Source**: Germain et al. 2015, arXiv 1502.03509, equations 8 to 11.
  public static func autoregressive(
    _ size: Int, parameters: Int, hidden: [Int], context: Int = 0, using generator: Generator
  ) -> Conditioner {
    var degrees: [[Int]] = [Array(1...max(size, 1))]
    for width in hidden { degrees.append((0..<width).map { $0 % max(size - 1, 1) + 1 }) }
    let outputs = (0..<(size * parameters)).map { $0 / parameters }
    var masks = zip(degrees, degrees.dropFirst()).map { before, after in
      mask(after) { unit in before.map { $0 <= unit } }
    }
    masks.append(mask(outputs) { element in degrees[degrees.count - 1].map { $0 <= element } })
    return Conditioner(
      widths: [size] + hidden + [size * parameters], masks: masks, context: context,
      using: generator)
  }

  private static func mask(_ units: [Int], _ row: (Int) -> [Bool]) -> Tensor {
    Tensor(units.map { row($0).map { $0 ? 1 : 0 } })
  }
}
