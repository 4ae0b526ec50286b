import CTorch
import TorchRaw

/// x Wᵀ + b for `x` [..., in], `weight` [out, in], `bias` [out]. PyTorch: `F.linear`.
///
/// In float32 on a CPU with AVX-512 by kernels of this package, and both gradients too; elsewhere, under autocast, in forward mode and
/// for derivatives of derivatives by LibTorch's. The same sums in another order.
public func linear(_ x: Tensor, weight: Tensor, bias: Tensor? = nil) -> Tensor {
  denseLayer(x, weight, bias, isRectified: false)
    ?? Tensor(call(.linear, x.argument, weight.argument, bias.argument))
}

/// max(x Wᵀ + b, 0): `relu` of `linear`, whose numbers are written once where `linear` takes its own kernels.
public func rectifiedLinear(_ x: Tensor, weight: Tensor, bias: Tensor? = nil) -> Tensor {
  denseLayer(x, weight, bias, isRectified: true) ?? relu(linear(x, weight: weight, bias: bias))
}

private func denseLayer(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, isRectified: Bool
) -> Tensor? {
  recordedResult("linear", [x, weight, bias ?? Tensor(.undefined)]) {
    ct_dense($0[0], $0[1], $0[2], isRectified, $1, $2)
  }
}
