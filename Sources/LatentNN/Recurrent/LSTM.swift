public import Torch
import TorchRaw

/// A long short-term memory over a sequence, in layers.
///
/// With input x, state h and cell c, per step: i, f, o = σ(W x + b + U h + b′) and g = tanh(W x + b + U h +
/// b′), each with its own rows; c ← f c + i g, h ← o tanh(c). **Shapes**: x `[B, T, inputs]` → output
/// `[B, T, directions · hidden]`, hidden and cell `[layers · directions, B, hidden]`. **Randomness**: dropout
/// between layers in training, from the generator given at construction. **Fails** as operators do
/// for T = 0. **Source**: Hochreiter and Schmidhuber 1997; Gers et al. 2000 (forget gate). PyTorch:
/// `nn.LSTM(batch_first=True)`.
public final class LSTM: Module {
  /// What an LSTM remembers.
  public struct State {
    /// h, `[layers · directions, B, hidden]`.
    public var hidden: Tensor
    /// c, `[layers · directions, B, hidden]`.
    public var cell: Tensor

    /// The state of all layers.
    public init(hidden: Tensor, cell: Tensor) {
      self.hidden = hidden
      self.cell = cell
    }
  }

  /// The layers, the first reads x.
  public let layers: [RecurrentLayer]
  /// What the stack is like.
  public let configuration: RecurrentConfiguration
  private let dropout: Dropout

  /// A stack with everything that can be chosen.
  public init(_ configuration: RecurrentConfiguration, using generator: Generator) {
    let stack = RecurrentStack(gates: 4, configuration, using: generator)
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

  /// The last layer's hidden state at every step, and every layer's last state.
  ///
  /// - Parameters:
  ///   - x: `[B, T, inputs]`.
  ///   - initial: the first states; zeros if nil.
  /// - Returns: `[B, T, directions · hidden]` and the state after the last step.
  public func callAsFunction(
    _ x: Tensor, initial: State? = nil
  ) -> (output: Tensor, state: State) {
    let hidden = firstState(initial?.hidden, for: x, configuration).split(configuration.directions)
    let cell = firstState(initial?.cell, for: x, configuration).split(configuration.directions)
    var output = x
    var last: [State] = []
    for (index, layer) in layers.enumerated() {
      if index > 0 { output = dropout(output) }
      let results = callMany(
        .lstm, count: 3, output.argument, .tensors([hidden[index].handle, cell[index].handle]),
        .tensors(layer.list), .bool(configuration.bias), 1, 0.0, false,
        .bool(configuration.bidirectional), true)
      output = Tensor(results[0])
      last.append(State(hidden: Tensor(results[1]), cell: Tensor(results[2])))
    }
    let state = State(
      hidden: concatenated(last.map(\.hidden)), cell: concatenated(last.map(\.cell)))
    return (output, state)
  }

  /// Sizes, such as `28 → 64, 2 layers`.
  public override var details: String { configuration.summary }
}
