import CTorch
import TorchRaw

/// A convolution, or with `outputPadding` a transposed one, by kernels of this package, negative numbers as 0 if it is rectified; nil
/// where LibTorch's own is quicker or has to be taken.
///
/// By Winograd's algorithm tiles of 4 × 4 outputs come from 36 products a pair of channels for 144 (3 × 3 at stride 1) and from 100 for
/// 256 (4 × 4 at stride 2, in four phases of 2 × 2). The same sums in another order: rounding leaves some 10⁻⁶ of an output's usual
/// size, 10⁻⁵ at worst, a few times that of a direct sum; an infinite input makes NaN of its whole tile. Where one side has four
/// channels at most, and for kernels of one point, by direct sums without a change of layout. Float32 on x86 processors with AVX2
/// or AVX-512; under autocast pictures and the factors of products are bfloat16, with AVX-512's instructions for it, and the
/// gradients of weight and bias float32. Derivatives take whichever way is quicker for each; derivatives of derivatives and
/// forward-mode ones are LibTorch's.
/// **Source**: Lavin & Gray 2016, arXiv 1509.09308. PyTorch: `F.conv2d`, `F.conv_transpose2d`.
package func ownConvolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ options: ConvolutionOptions,
  outputPadding: [Int]? = nil, isRectified: Bool = false
) -> Tensor? {
  guard
    let plan = ConvolutionPlan(x, weight, bias, options, outputPadding: outputPadding),
    plan.way(plan.there) != .libTorch
  else { return nil }
  let function = CustomFunction(
    forward: { inputs in
      let bias = inputs.count > 2 ? inputs[2] : nil
      let result = plan.forward(inputs[0], inputs[1], bias, isRectified: isRectified)
      return .init(
        outputs: [result], saving: [inputs[0], inputs[1]] + (isRectified ? [result] : []))
    },
    backward: { saved, gradients in
      guard gradients[0].isDefined else { return [nil, nil] + (plan.hasBias ? [nil] : []) }
      let (gradient, bias) = plan.passed(gradients[0], result: isRectified ? saved[2] : nil)
      return plan.backward(
        gradient, x: saved[0], weight: saved[1],
        wanted: saved.prefix(2).map(\.requiresGradient)) + bias
    })
  let x = x.to(plan.precision)
  return bias.map { function(x, weight, $0)[0] } ?? function(x, weight)[0]
}
