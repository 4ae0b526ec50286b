import LatentNN
import Torch

/// A score of a pair (x, y) by a multilayer perceptron on both side by side.
///
/// The first layer is the sum of a map of x and one of y, so that all n² pairs of a batch cost n of its products.
final class PairCritic: Module {
  let left: Linear
  let right: Linear
  let hidden: Linear
  let output: Linear

  init(widths: (Int, Int), units: Int, using generator: Generator) {
    left = Linear(widths.0, units, using: generator)
    right = Linear(widths.1, units, using: generator)
    hidden = Linear(units, units, using: generator)
    output = Linear(units, 1, using: generator)
  }

  /// f(xᵢ, yⱼ), `[n, n]`.
  func callAsFunction(_ x: Tensor, _ y: Tensor) -> Tensor {
    let first = relu(left(x).unsqueezed(dim: 1) + right(y).unsqueezed(dim: 0))
    return output(relu(hidden(first))).squeezed(dim: -1)
  }
}
