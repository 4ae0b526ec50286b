public import LatentNN
public import Torch

/// (x − m)/s with mean and deviation of the first batch of training, kept from then on.
///
/// The numbers are buffers: they are saved and not trained. Elements that do not vary keep s = 1.
public final class InputScaling: Module {
  /// m, `[size]`.
  public let mean: Buffer
  /// s, `[size]`.
  public let scale: Buffer
  private let isFitted: Buffer

  /// The identity until a batch was seen.
  public init(_ size: Int) {
    mean = Buffer(Tensor.zeros([size]))
    scale = Buffer(Tensor.ones([size]))
    isFitted = Buffer(Tensor.zeros([]))
  }

  /// Takes the moments of `data` `[n, size]` if none were taken before.
  public func fitOnce(to data: Tensor) {
    guard isFitted.value.item() == 0 else { return }
    withoutGradients {
      let deviation = sqrt(data.variance(dims: [0], correction: 0))
      mean.value = data.mean(dim: 0)
      scale.value = deviation.replacing(with: 1, where: deviation .< 1e-6)
      isFitted.value = Tensor.ones(like: isFitted.value)
    }
  }

  /// (x − m)/s of `[n, size]`.
  public func callAsFunction(_ x: Tensor) -> Tensor { (x - mean.value) / scale.value }
}
