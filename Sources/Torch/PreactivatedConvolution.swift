import CTorch
import TorchRaw

/// The convolution of pictures behind a normalisation over groups of channels and SiLU, w ∗ silu(γ (x − μ)/σ + β) + b.
///
/// **Shapes**: x `[n, c, h, w]`, `scale` γ and `shift` β `[c]`, the rest as `convolution`'s. In float32 on the CPU, and under autocast in bfloat16, the derivative keeps x
/// alone, of which the convolution's input is made again, and the normalisation goes over memory once instead of four times;
/// elsewhere, for derivatives of derivatives and in forward mode it is the three operators. Fails as they do. In
/// PyTorch these are three calls.
public func preactivatedConvolution(
  _ x: Tensor, groups: Int, scale: Tensor, shift: Tensor, epsilon: Double, weight: Tensor,
  bias: Tensor?, options: ConvolutionOptions
) -> Tensor {
  let layer = PreactivatedConvolution(groups: groups, epsilon: epsilon, options: options)
  guard let plan = ConvolutionPlan(x, weight, bias, options, outputPadding: nil),
    groups > 0, x.size(1) % groups == 0,
    [scale, shift].allSatisfy({
      $0.shape == [x.size(1)] && $0.dtype == .float32 && $0.device == .cpu
    })
  else { return layer.plain([x, scale, shift, weight] + (bias.map { [$0] } ?? [])) }
  let function = CustomFunction(
    forward: { inputs in
      let (input, moments) = layer.activated(inputs)
      let result = plan.forward(input, inputs[3], inputs.count > 4 ? inputs[4] : nil)
      return .init(outputs: [result], saving: [moments] + inputs)
    },
    backward: { saved, gradients in
      let inputs = Array(saved.dropFirst())
      guard gradients[0].isDefined else { return inputs.map { _ in nil } }
      guard !isRecordingGradients else {
        let plain = withAutocast(to: plan.precision == .float32 ? nil : plan.precision, on: .cpu) {
          layer.plain(inputs)
        }
        return differentiableGradients(of: plain, withRespectTo: inputs, seed: gradients[0])
      }
      let wanted = inputs.prefix(3).contains(where: \.requiresGradient)
      let found = plan.backward(
        gradients[0], x: layer.activated(inputs).result, weight: inputs[3],
        wanted: [wanted, inputs[3].requiresGradient])
      let before =
        found[0].map { layer.gradients($0, inputs, moments: saved[0]) } ?? [nil, nil, nil]
      return before + [found[1]] + plan.passed(gradients[0]).bias
    })
  let x = x.to(plan.precision)
  return bias.map { function(x, scale, shift, weight, $0)[0] }
    ?? function(x, scale, shift, weight)[0]
}

/// What does not change from call to call; lists of tensors are x, γ, β, the weight and, where there is one, the bias.
private struct PreactivatedConvolution: Sendable {
  let groups: Int
  let epsilon: Double
  let options: ConvolutionOptions

  func plain(_ inputs: [Tensor]) -> Tensor {
    let normal = groupNorm(
      inputs[0], groups: groups, scale: inputs[1], shift: inputs[2], epsilon: epsilon)
    return convolution(
      silu(normal), weight: inputs[3], bias: inputs.count > 4 ? inputs[4] : nil, options: options)
  }

  func activated(_ inputs: [Tensor]) -> (result: Tensor, moments: Tensor) {
    let found = nativeResults("SiLU behind a group norm", of: Array(inputs.prefix(3)), count: 2) {
      ct_normalized_activation($0[0], $0[1], $0[2], Int64(groups), epsilon, $1, $2)
    }
    return (found[0], found[1])
  }

  func gradients(_ gradient: Tensor, _ inputs: [Tensor], moments: Tensor) -> [Tensor?] {
    nativeResults(
      "derivative of SiLU behind a group norm", of: [gradient] + inputs.prefix(3) + [moments],
      count: 3
    ) {
      ct_normalized_activation_gradients($0[0], $0[1], $0[2], $0[3], $0[4], Int64(groups), $1, $2)
    }
  }
}
