public import Torch
import TorchRaw

/// One step of a GRU, for loops of one's own.
///
/// The formula is `GRU`'s. **Shapes**: x `[B, inputs]`, h `[B, hidden]` → h′ `[B, hidden]`.
/// PyTorch: `nn.GRUCell`.
public final class GRUCell: Module {
  /// The weights of the three gates.
  public let weights: RecurrentWeights

  /// A cell for `inputs` numbers with `hidden` numbers of state.
  public init(_ inputs: Int, _ hidden: Int, bias: Bool = true, using generator: Generator) {
    weights = RecurrentWeights(
      gates: 3, inputs: inputs, hidden: hidden, bias: bias, using: generator)
  }

  /// The next state.
  public func callAsFunction(_ x: Tensor, hidden: Tensor) -> Tensor {
    Tensor(
      call(
        .gruCell, x.argument, hidden.argument, weights.inputWeight.value.argument,
        weights.hiddenWeight.value.argument, (weights.inputBias?.value).argument,
        (weights.hiddenBias?.value).argument))
  }
}

/// One step of an LSTM, for loops of one's own.
///
/// The formula is `LSTM`'s. **Shapes**: x `[B, inputs]`, h and c `[B, hidden]` → h′, c′ `[B, hidden]`.
/// PyTorch: `nn.LSTMCell`.
public final class LSTMCell: Module {
  /// The weights of the four gates.
  public let weights: RecurrentWeights

  /// A cell for `inputs` numbers with `hidden` numbers of state.
  public init(_ inputs: Int, _ hidden: Int, bias: Bool = true, using generator: Generator) {
    weights = RecurrentWeights(
      gates: 4, inputs: inputs, hidden: hidden, bias: bias, using: generator)
  }

  /// The next state.
  public func callAsFunction(_ x: Tensor, state: LSTM.State) -> LSTM.State {
    let results = callMany(
      .lstmCell, count: 2, x.argument, .tensors([state.hidden.handle, state.cell.handle]),
      weights.inputWeight.value.argument, weights.hiddenWeight.value.argument,
      (weights.inputBias?.value).argument, (weights.hiddenBias?.value).argument)
    return LSTM.State(hidden: Tensor(results[0]), cell: Tensor(results[1]))
  }
}
