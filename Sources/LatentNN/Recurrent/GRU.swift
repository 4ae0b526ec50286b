public import Torch
import TorchRaw

/// A gated recurrent unit over a sequence, in layers.
///
/// With input x and state h, per step: r = σ(W_r x + b_r + U_r h + c_r), z = σ(W_z x + b_z + U_z h + c_z),
/// n = tanh(W_n x + b_n + r (U_n h + c_n)), h ← (1 − z) n + z h. **Shapes**: x `[B, T, inputs]` →
/// output `[B, T, directions · hidden]`, hidden `[layers · directions, B, hidden]`. **Randomness**: dropout
/// between layers in training, from the generator given at construction. **Fails** as operators do
/// for T = 0. **Source**: Cho et al. 2014, arXiv:1406.1078, with the reset gate inside as cuDNN has it. PyTorch:
/// `nn.GRU(batch_first=True)`.
public final class GRU: Module {
  /// The layers, the first reads x.
  public let layers: [RecurrentLayer]
  /// What the stack is like.
  public let configuration: RecurrentConfiguration
  private let dropout: Dropout

  /// A stack with everything that can be chosen.
  public init(_ configuration: RecurrentConfiguration, using generator: Generator) {
    let stack = RecurrentStack(gates: 3, configuration, using: generator)
    self.configuration = configuration
    layers = stack.layers
    dropout = stack.dropout
  }

  /// A stack for sequences of `inputs` numbers with `hidden` numbers of state.
  public convenience init(
    _ inputs: Int, _ hidden: Int, layers: Int = 1, bidirectional: Bool = false,
    using generator: Generator
  ) {
    self.init(
      RecurrentConfiguration(
        inputs: inputs, hidden: hidden, layers: layers, bidirectional: bidirectional),
      using: generator)
  }

  /// The last layer's state at every step, and every layer's last state.
  ///
  /// - Parameters:
  ///   - x: `[B, T, inputs]`.
  ///   - initial: the first states, `[layers · directions, B, hidden]`; zeros if nil.
  /// - Returns: `[B, T, directions · hidden]` and `[layers · directions, B, hidden]`.
  public func callAsFunction(
    _ x: Tensor, initial: Tensor? = nil
  ) -> (output: Tensor, hidden: Tensor) {
    let first = firstState(initial, for: x, configuration).split(configuration.directions)
    var output = x
    var last: [Tensor] = []
    for (index, layer) in layers.enumerated() {
      if index > 0 { output = dropout(output) }
      let (states, hidden) = pass(output, layer, first[index])
      output = states
      last.append(hidden)
    }
    return (output, concatenated(last))
  }

  /// A layer's states `[B, T, directions · hidden]` and the last ones `[directions, B, hidden]`.
  private func pass(
    _ x: Tensor, _ layer: RecurrentLayer, _ first: Tensor
  ) -> (states: Tensor, hidden: Tensor) {
    guard x.device == .cpu, x.dtype == .float32 || x.dtype == .float64, x.count > 0,
      !needsPlainOperators(on: x.device)
    else {
      let results = callMany(
        .gru, count: 2, x.argument, first.argument, .tensors(layer.list),
        .bool(configuration.bias), 1, 0.0, false, .bool(configuration.bidirectional), true)
      return (Tensor(results[0]), Tensor(results[1]))
    }
    let steps = x.transposed(0, 1).contiguous()
    let there = states(steps, layer.forward, first[0])
    guard let weights = layer.backward else {
      return (there.transposed(0, 1), there[(-1)...])
    }
    let back = states(steps.flipped(dims: [0]), weights, first[1])
    let both = concatenated([there, back.flipped(dims: [0])], dim: 2)
    return (both.transposed(0, 1), concatenated([there[(-1)...], back[(-1)...]]))
  }

  /// The states `[T, B, hidden]` after each step of `[T, B, inputs]`.
  private func states(_ x: Tensor, _ weights: RecurrentWeights, _ first: Tensor) -> Tensor {
    let weight = weights.hiddenWeight.value
    let none = Tensor.zeros([weight.size(0)], dtype: weight.dtype, device: weight.device)
    return GatedRecurrence.states(
      linear(x, weight: weights.inputWeight.value, bias: weights.inputBias?.value),
      from: first, weight: weight, bias: weights.hiddenBias?.value ?? none)
  }

  /// Sizes, such as `28 → 64, 2 layers`.
  public override var details: String { configuration.summary }
}
