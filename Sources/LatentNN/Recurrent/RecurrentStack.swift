import Torch

/// What a new GRU and a new LSTM share: layers, and dropout between them.
struct RecurrentStack {
  let layers: [RecurrentLayer]
  let dropout: Dropout

  init(gates: Int, _ configuration: RecurrentConfiguration, using generator: Generator) {
    require(
      configuration.layers > 0, "RecurrentConfiguration",
      "layers is \(configuration.layers), expected at least 1")
    layers = (0..<max(configuration.layers, 0)).map { index in
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
  require(x.rank == 3, "recurrent layer", "the input is \(x.shape), expected [B, T, inputs]")
  if x.rank == 0 { return x }
  let rows = configuration.layers * configuration.directions
  let expected = [rows, x.size(0), configuration.hidden]
  guard let given else { return Tensor.zeros(expected, dtype: x.dtype, device: x.device) }
  require(
    given.shape == expected, "recurrent layer",
    "the first state is \(given.shape), expected \(expected)")
  return given
}

extension RecurrentConfiguration {
  /// Sizes, such as `28 → 64, 2 layers`.
  var summary: String {
    "\(inputs) → \(hidden)" + (layers > 1 ? ", \(layers) layers" : "")
      + (bidirectional ? ", both directions" : "")
  }
}
