import LatentNN
import Torch
import TorchRaw

extension Gradients {
  /// (Σ |gᵢ|^p)^(1/p) over all numbers of all gradients, the largest |gᵢ| for p = ∞.
  ///
  /// Waits for the device.
  public func norm(_ p: Double = 2) -> Double {
    normTensor(p).map { $0.item() } ?? 0
  }

  /// Whether every number is finite.
  public var isFinite: Bool { norm(.infinity).isFinite }

  /// Scaled down so that the norm is at most `limit`: g · min(1, limit / (‖g‖ + 10⁻⁶)).
  ///
  /// The device is not waited for. A gradient that is not finite makes all of them so; `isFinite` tells.
  /// **Source**: Pascanu et al. 2012, arXiv:1211.5063. PyTorch: `clip_grad_norm_`.
  public func clipped(toNorm limit: Double, _ p: Double = 2) -> Gradients {
    require(limit >= 0, "clipped(toNorm:)", "the limit is \(limit), expected at least 0")
    guard let norm = normTensor(p) else { return self }
    let factor = (limit / (norm + 1e-6)).clamped(max: 1)
    let isUniform = Set(entries.map { Kind($0.gradient) }).count == 1
    if isUniform {
      return replacing(forEach(.foreachMulTensor, tensors, factor.to(tensors[0].dtype).argument))
    }
    return replacing(tensors.map { $0 * factor.to($0.device).to($0.dtype) })
  }

  /// Every number moved into ±`limit`. PyTorch: `clip_grad_value_`.
  public func clipped(toValue limit: Double) -> Gradients {
    require(limit >= 0, "clipped(toValue:)", "the limit is \(limit), expected at least 0")
    let below = forEach(.foreachClampMaxScalar, tensors, .double(limit))
    return replacing(forEach(.foreachClampMinScalar, below, .double(-limit)))
  }

  /// The norm on the first gradient's device, nil without any number.
  private func normTensor(_ p: Double) -> Tensor? {
    let full = tensors.filter { $0.count > 0 }
    guard let first = full.first else { return nil }
    let norms = forEach(.foreachNorm, full, .double(p))
    let isUniform = Set(full.map(Kind.init)).count == 1
    let aligned = isUniform ? norms : norms.map { $0.to(first.device).to(.float64) }
    return stacked(aligned).norm(p)
  }
}

/// What tensors must share to be handled by one call.
struct Kind: Hashable {
  let dtype: DType
  let device: Device

  init(_ tensor: Tensor) {
    dtype = tensor.dtype
    device = tensor.device
  }
}
