import LatentNN
import Torch

/// What is done to examples before noise is added to them.
public enum DataScale: Sendable, Hashable {
  /// Values of 0 … 1 become −1 … 1.
  case unitRange
  /// Every element gets mean 0 and variance 1, by the first batch of training.
  case standardised
  /// Nothing.
  case asIs
}

/// y = (x − m)/s, fixed for pictures and otherwise fitted once to the first batch of training.
///
/// For values of 0 … 1 m and s are ½, so that y lies in −1 … 1. Fitted elements have mean 0 and variance 1; those that do not
/// vary keep s = 1. **Shapes**: m and s of the shape of an example.
final class DataScaling: Module {
  let mean: Buffer
  let scale: Buffer
  let isFitted: Buffer

  init(shape: [Int], _ scale: DataScale) {
    mean = Buffer(Tensor.full(shape, scale == .unitRange ? 0.5 : 0.0))
    self.scale = Buffer(Tensor.full(shape, scale == .unitRange ? 0.5 : 1.0))
    isFitted = Buffer(Tensor.full([], scale == .standardised ? 0.0 : 1.0))
  }

  func fitOnce(to data: Tensor) {
    guard isFitted.value.item() == 0 else { return }
    withoutGradients {
      let deviation = sqrt(data.variance(dims: [0], correction: 0))
      mean.value = data.mean(dim: 0)
      scale.value = deviation.replacing(with: 1, where: deviation .< 1e-6)
      isFitted.value = Tensor.ones(like: isFitted.value)
    }
  }

  func callAsFunction(_ data: Tensor) -> Tensor { (data - mean.value) / scale.value }

  func inverse(_ scaled: Tensor) -> Tensor { mean.value + scale.value * scaled }

  /// Σ log s: what −log p grows by from scaled numbers to the data's.
  var logScale: Tensor { log(scale.value).sum() }
}
