import CTorch
import TorchRaw

/// The states of a GRU, step by step, from what its gates read of the inputs.
///
/// r, z = σ(a + U h + c), n = tanh(a + r (U h + c)), each with its own rows, h ← (1 − z) n + z h. **Shapes**: a `[T, B, 3 H]`, the
/// first h `[B, H]`, U `[3 H, H]`, c `[3 H]` → all h `[T, B, H]`, T > 0.
///
/// On the CPU, with a derivative that is written out: recorded operators would leave some twenty nodes a step and add the
/// weights' gradient up step by step, where a step back is one product and the weights' gradient one over all steps.
/// Derivatives of derivatives, and forward-mode ones, are those of recorded operators. PyTorch: what `nn.GRU` does after
/// `weight_ih` has been applied.
package enum GatedRecurrence {
  /// The states after each step.
  package static func states(
    _ read: Tensor, from first: Tensor, weight: Tensor, bias: Tensor
  ) -> Tensor {
    needsPlainOperators(on: read.device)
      ? recorded(read, first, weight, bias) : function(read, first, weight, bias)[0]
  }

  private static let function = CustomFunction(
    forward: { inputs in
      let found = nativeResults("GRU", of: inputs, count: 4) { handles, results, message in
        ct_gated_states(handles[0], handles[1], handles[2], handles[3], results, message)
      }
      return .init(outputs: [found[0]], saving: inputs + found)
    },
    backward: { saved, gradients in
      guard gradients[0].isDefined else { return [nil, nil, nil, nil] }
      if isRecordingGradients {
        let inputs = Array(saved.prefix(4))
        return differentiableGradients(
          of: recorded(inputs[0], inputs[1], inputs[2], inputs[3]), withRespectTo: inputs,
          seed: gradients[0])
      }
      return nativeResults(
        "derivative of GRU", of: [saved[1], saved[2]] + saved[4...] + gradients, count: 4
      ) {
        ct_gated_gradients($0[0], $0[1], $0[2], $0[3], $0[4], $0[5], $0[6], $1, $2)
      }
    })

  /// The same by recorded operators.
  private static func recorded(
    _ read: Tensor, _ first: Tensor, _ weight: Tensor, _ bias: Tensor
  ) -> Tensor {
    var state = first
    let states = read.unbound().map { step in
      let (own, told) = (
        step.chunked(3, dim: 1), linear(state, weight: weight, bias: bias).chunked(3, dim: 1)
      )
      let (reset, update) = (sigmoid(own[0] + told[0]), sigmoid(own[1] + told[1]))
      let new = tanh(own[2] + reset * told[2])
      state = new + update * (state - new)
      return state
    }
    return stacked(states)
  }
}
