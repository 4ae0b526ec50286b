import CTorch
import TorchRaw

extension ConvolutionPlan {
  /// From which side to which, or from both to the weight's gradient.
  enum Direction { case toSmall, toBig, toWeight }

  /// How a direction is computed.
  enum Way {
    /// By LibTorch's operator.
    case libTorch
    /// By Winograd's algorithm.
    case winograd
    /// As sums over shifted pictures, without a change of layout.
    case direct
  }

  /// The quickest way of a direction; the numbers are measured, as `docs/PERFORMANCE.md` tells.
  func way(_ direction: Direction) -> Way {
    guard ct_winograd_is_available() else { return .libTorch }
    if isDirectQuickest(direction) { return .direct }
    return isWinogradQuickest(direction) ? .winograd : .libTorch
  }

  /// Where channels are too few to fill vectors, or a change of layout costs as much as a kernel of one point.
  private func isDirectQuickest(_ direction: Direction) -> Bool {
    guard stride <= 2, kernel >= stride else { return false }
    let area = smallSize[0] * smallSize[1]
    // Sixteen neighbours a vector, or as many pairs, that do not go on in the next row.
    let inVector = precision == .bfloat16 ? 32 : 16
    if kernel == 1, stride == 1, padding == [0, 0] {
      return direction == .toWeight ? area >= 8 * inVector : true
    }
    guard smallSize[1] >= 12, tiles >= 16 else { return false }
    if smallChannels <= 4 { return true }
    guard bigChannels <= 4, smallChannels >= 8 else { return false }
    return direction == .toWeight ? smallSize[1] % inVector == 0 : true
  }

  /// A weight is transformed once a call, which few tiles do not bring in again, and channels are filled up to sixteen.
  private func isWinogradQuickest(_ direction: Direction) -> Bool {
    guard (stride, kernel) == (1, 3) || (stride, kernel) == (2, 4), tiles >= 16, smallChannels >= 8,
      bigChannels >= (stride == 1 ? 8 : 2)
    else { return false }
    switch direction {
    case .toSmall: return stride == 1 || bigChannels >= 16
    case .toBig: return stride == 1 || smallChannels >= 16
    case .toWeight:
      let transformed = (stride == 1 ? 36 : 100) * bigChannels * smallChannels
      return (stride == 1 || bigChannels >= 16) && tiles >= transformed / 16_384
    }
  }

  func toSmall(_ big: Tensor, _ weight: Tensor, _ bias: Tensor?, _ isRectified: Bool) -> Tensor {
    let kernels = way(.toSmall) == .direct ? ct_direct_small : ct_winograd_small
    return nativeResults("convolution", of: [big, weight, bias]) {
      kernels($0[0], $0[1], $0[2], isRectified, Int64(stride), padding, $1, $2)
    }[0]
  }

  func toBig(_ small: Tensor, _ weight: Tensor, _ bias: Tensor?, _ isRectified: Bool) -> Tensor {
    let kernels = way(.toBig) == .direct ? ct_direct_big : ct_winograd_big
    return nativeResults("transposed convolution", of: [small, weight, bias]) {
      kernels($0[0], $0[1], $0[2], isRectified, Int64(stride), padding, bigSize, $1, $2)
    }[0]
  }

  func toWeight(_ big: Tensor, _ small: Tensor) -> Tensor {
    let kernels = way(.toWeight) == .direct ? ct_direct_weight : ct_winograd_weight
    return nativeResults("gradient of a convolution's weight", of: [big, small]) {
      kernels($0[0], $0[1], Int64(kernel), Int64(stride), padding, $1, $2)
    }[0]
  }
}
