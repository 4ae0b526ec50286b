import Torch
import TorchRaw

/// The weights of one recurrent layer in one direction, or of a cell.
///
/// The rows of all gates lie one below the other: r, z, n for a GRU, i, f, g, o for an LSTM, in
/// PyTorch's order. New weights are uniform in ±1/√hidden. PyTorch: `weight_ih_l0`, `weight_hh_l0`,
/// `bias_ih_l0`, `bias_hh_l0`.
public final class RecurrentWeights: Module {
  /// `[gates · hidden, inputs]`.
  public let inputWeight: Parameter
  /// `[gates · hidden, hidden]`.
  public let hiddenWeight: Parameter
  /// `[gates · hidden]`.
  public let inputBias: Parameter?
  /// `[gates · hidden]`.
  public let hiddenBias: Parameter?

  init(gates: Int, inputs: Int, hidden: Int, bias: Bool, using generator: Generator) {
    require(
      inputs > 0 && hidden > 0, "recurrent layer",
      "sizes are \(inputs) and \(hidden), expected positive numbers")
    let bound = 1 / Double(hidden).squareRoot()
    func draw(_ shape: [Int]) -> Parameter {
      Parameter(Initializer.uniform(low: -bound, high: bound)(shape, using: generator))
    }
    inputWeight = draw([gates * hidden, inputs])
    hiddenWeight = draw([gates * hidden, hidden])
    inputBias = bias ? draw([gates * hidden]) : nil
    hiddenBias = bias ? draw([gates * hidden]) : nil
  }

  /// In the order of LibTorch's operators.
  var list: [TensorHandle] {
    [inputWeight, hiddenWeight, inputBias, hiddenBias].compactMap { $0?.value.handle }
  }
}

/// One layer of a stack: a direction or two.
public final class RecurrentLayer: Module {
  /// From the start of the sequence to its end.
  public let forward: RecurrentWeights
  /// From the end to the start.
  public let backward: RecurrentWeights?

  init(
    gates: Int, inputs: Int, _ configuration: RecurrentConfiguration, using generator: Generator
  ) {
    func weights() -> RecurrentWeights {
      RecurrentWeights(
        gates: gates, inputs: inputs, hidden: configuration.hidden, bias: configuration.bias,
        using: generator)
    }
    forward = weights()
    backward = configuration.bidirectional ? weights() : nil
  }

  /// In the order of LibTorch's operators.
  var list: [TensorHandle] { forward.list + (backward?.list ?? []) }
}
