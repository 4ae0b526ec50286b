import LatentNN
import Torch

/// A causal transformer over characters: tokens `[B, L]` → logits of the next one, `[B · L, vocabulary]`.
///
/// Embeddings of characters and places, pre-normalised blocks of attention and a dense layer of four times the width.
final class CharacterTransformer: Module, UnaryLayer {
  final class Block: Module {
    let first: LayerNorm
    let attention: MultiHeadAttention
    let second: LayerNorm
    let wide: Linear
    let narrow: Linear

    init(_ width: Int, heads: Int, using generator: Generator) {
      first = LayerNorm([width])
      attention = MultiHeadAttention(width, heads: heads, using: generator)
      second = LayerNorm([width])
      wide = Linear(width, 4 * width, using: generator)
      narrow = Linear(4 * width, width, using: generator)
    }

    func callAsFunction(_ x: Tensor) -> Tensor {
      let attended = x + attention(first(x), mask: .causal)
      return attended + narrow(Torch.gelu(wide(second(attended))))
    }
  }

  let characters: Embedding
  let places: Parameter
  let blocks: [Block]
  let norm: LayerNorm
  let output: Linear

  init(
    vocabulary: Int, length: Int, width: Int, heads: Int, blocks count: Int,
    using generator: Generator
  ) {
    characters = Embedding(vocabulary, width, using: generator)
    places = Parameter(Tensor.randn([length, width], using: generator) * 0.1)
    blocks = (0..<count).map { _ in Block(width, heads: heads, using: generator) }
    norm = LayerNorm([width])
    output = Linear(width, vocabulary, using: generator)
  }

  func callAsFunction(_ tokens: Tensor) -> Tensor {
    var x = characters(tokens) + places.value[0..<tokens.size(1)]
    for block in blocks { x = block(x) }
    return output(norm(x)).flattened(from: 0, through: 1)
  }
}
