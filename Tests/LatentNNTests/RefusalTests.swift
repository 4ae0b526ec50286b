import LatentNN
import Testing
import Torch

/// What is wrong with a configuration or an input is said in one sentence, which a scope can catch.
@Suite struct RefusalTests {
  private func message(_ body: () throws -> Void) -> String {
    do {
      try withTorchErrors { try body() }
      return "no error"
    } catch {
      return "\(error)"
    }
  }

  private let generator = Generator(seed: 1)

  @Test func convolutions() {
    #expect(
      message { _ = Conv2d(2, 3, kernel: 3, stride: [1, 2, 3], using: generator) }
        == "Conv2d: stride is [1, 2, 3], expected one number or 2")
    #expect(
      message { _ = Conv1d(2, 3, kernel: [], using: generator) }
        == "Conv1d: kernel is [], expected one number or 1")
    #expect(
      message { _ = ConvTranspose3d(2, 3, kernel: 0, using: generator) }
        == "ConvTranspose3d: kernel is [0], expected numbers of at least 1")
    #expect(
      message { _ = Conv2d(2, 3, kernel: 3, stride: 2, padding: .same, using: generator) }
        == "Conv2d: padding `.same` keeps the size, so stride [2, 2] must be 1")
    #expect(
      message {
        _ = Conv2d(.init(inputs: 4, outputs: 6, kernel: 3, groups: 4), using: generator)
      } == "Conv2d: 4 → 6 channels cannot be split into 4 groups, expected multiples")
    #expect(
      message {
        _ = Conv2d(.init(inputs: 4, outputs: 6, kernel: 3, groups: 0), using: generator)
      } == "Conv2d: 4 → 6 channels cannot be split into 0 groups, expected multiples")
  }

  @Test func denseLayers() {
    #expect(
      message { _ = Linear(-1, 2, using: generator) }
        == "Linear: sizes are -1 and 2, expected numbers of at least 0")
    #expect(
      message { _ = Linear(weight: Tensor.zeros([2, 3]), bias: Tensor.zeros([3])) }
        == "Linear: weight is [2, 3], bias [3], expected [outputs, inputs] and [outputs]")
    #expect(
      message { _ = Embedding(3, 2, padding: 3, using: generator) }
        == "Embedding: padding is row 3, expected one of 3 rows")
    #expect(
      message { _ = Dropout(1.5, using: generator) }
        == "Dropout: the probability is 1.5, expected a number from 0 to 1")
    let channels = Dropout(0.5, per: .channel, using: generator)
    #expect(
      message { _ = training(channels) { channels(Tensor.ones([3])) } }
        == "Dropout: the input is [3], expected [B, C, …]")
    #expect(
      message { _ = Parameter(Tensor([1, 2])) } == """
        Parameter: the element type is int64, expected a floating-point type; a Buffer holds integers
        """)
    #expect(
      message { Linear(1, 1, using: generator).to(.int64) }
        == "Linear.to: the element type is int64, expected a floating-point type")
  }

  @Test func normalisation() {
    let layer = BatchNorm(3)
    #expect(
      message { _ = training(layer) { layer(Tensor.zeros([1, 3])) } }
        == "BatchNorm: the input is [1, 3], expected more than one value a channel in training")
    #expect(
      message { _ = GroupNorm(groups: 2, channels: 3) }
        == "GroupNorm: 3 → 3 channels cannot be split into 2 groups, expected multiples")
  }

  @Test func sequences() {
    let gru = GRU(2, 3, using: generator)
    #expect(
      message { _ = gru(Tensor.zeros([4, 2])) }
        == "recurrent layer: the input is [4, 2], expected [B, T, inputs]")
    #expect(
      message { _ = gru(Tensor.zeros([4, 5, 2]), initial: Tensor.zeros([4, 3])) }
        == "recurrent layer: the first state is [4, 3], expected [1, 4, 3]")
    #expect(
      message { _ = GRU(.init(inputs: 2, hidden: 3, layers: 0), using: generator) }
        == "RecurrentConfiguration: layers is 0, expected at least 1")
  }

  @Test func attention() {
    #expect(
      message { _ = MultiHeadAttention(5, heads: 2, using: generator) }
        == "MultiHeadAttention: width 5 cannot be split into 2 heads, expected a multiple")
    let layer = MultiHeadAttention(4, heads: 2, using: generator)
    let x = Tensor.zeros([2, 3, 4])
    #expect(
      message { _ = layer(x, validKeys: Tensor.ones([2, 3])) } == """
        MultiHeadAttention: validKeys is float32, expected bool, true where a query may attend
        """)
    #expect(
      message { _ = layer(x, validKeys: Tensor.ones([3]) .> 0) }
        == "MultiHeadAttention: validKeys is [3], expected [B, 3]")
    #expect(
      message { _ = layer(x, mask: .allowed(Tensor.ones([3, 3]))) } == """
        MultiHeadAttention: the mask `.allowed` is float32, expected bool, true where a query may \
        attend
        """)
  }

  @Test func initializers() {
    #expect(
      message { _ = Initializer.truncatedNormal(low: 1, high: 1)([3], using: generator) } == """
        Initializer.truncatedNormal: the interval is 1.0 to 1.0, expected one that is not empty
        """)
  }
}
