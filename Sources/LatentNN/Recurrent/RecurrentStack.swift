import Torch

/// What a new GRU and a new LSTM share: layers, and dropout between them.
struct RecurrentStack {
  let layers: [RecurrentLayer]
  let dropout: Dropout

  init(gates: Int, _ configuration: RecurrentConfiguration, using generator: Generator) {
    precondition(configuration.layers > 0, "a recurrent stack needs at least one layer")
    layers = (0..<configuration.layers).map { index in
      let inputs =
        index == 0 ? configuration.inputs : configuration.hidden * configuration.directions
      return RecurrentLayer(gates: gates, inputs: inputs, configuration, using: generator)
    }
    dropout = Dropout(configuration.dropout, using: generator)
  }
}

/// The given state or zeros, `[layers · directions, B, hidden]`.
func firstState(
  _ given: Tensor?, for x: Tensor, _ configuration: RecurrentConfiguration
) -> Tensor {
  precondition(x.rank == 3, "a sequence has shape [B, T, inputs]; found \(x.shape)")
  let rows = configuration.layers * configuration.directions
  let expected = [rows, x.size(0), configuration.hidden]
  guard let given else { return Tensor.zeros(expected, dtype: x.dtype, device: x.device) }
  precondition(
    given.shape == expected, "the first state has shape \(given.shape); expected \(expected)")
  return given
}

extension RecurrentConfiguration {
  /// Sizes, such as `28 → 64, 2 layers`.
  var summary: String {
    "\(inputs) → \(hidden)" + (layers > 1 ? ", \(layers) layers" : "")
      + (bidirectional ? ", both directions" : "")
  }
}
