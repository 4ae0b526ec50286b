/// What a stack of recurrent layers is like.
public struct RecurrentConfiguration: Sendable, Hashable, Codable {
  /// Numbers in an element of the input sequence.
  public var inputs: Int
  /// Numbers in the hidden state of one direction.
  public var hidden: Int
  /// Layers, each of which reads the outputs of the one before.
  public var layers = 1
  /// Whether each layer also runs from the end to the start.
  public var bidirectional = false
  /// Whether the affine maps have a bias.
  public var bias = true
  /// The probability of a zero between layers, in training.
  public var dropout = 0.0

  /// A stack for sequences of `inputs` numbers with `hidden` numbers of state.
  public init(
    inputs: Int, hidden: Int, layers: Int = 1, bidirectional: Bool = false, bias: Bool = true,
    dropout: Double = 0
  ) {
    self.inputs = inputs
    self.hidden = hidden
    self.layers = layers
    self.bidirectional = bidirectional
    self.bias = bias
    self.dropout = dropout
  }

  /// 2 or 1.
  public var directions: Int { bidirectional ? 2 : 1 }
}
