import LatentNN
import Testing
import Torch
import _TestSupport

/// PyTorch keeps the maps to Q, K and V in one matrix, or in three if keys or values are of another width.
let attentionNames: Translation = { tensors in
  var renamed: [String: Tensor] = [:]
  let parts = ["query", "key", "value"]
  for (name, tensor) in tensors {
    switch name {
    case "in_proj_weight", "in_proj_bias":
      let kind = name == "in_proj_weight" ? "weight" : "bias"
      for (part, slice) in zip(parts, tensor.chunked(3)) { renamed["\(part).\(kind)"] = slice }
    case "q_proj_weight": renamed["query.weight"] = tensor
    case "k_proj_weight": renamed["key.weight"] = tensor
    case "v_proj_weight": renamed["value.weight"] = tensor
    default: renamed[name.replacing("out_proj", with: "output")] = tensor
    }
  }
  return renamed
}

struct AttentionCase: Sendable, CustomTestStringConvertible {
  let name: String
  var configuration = MultiHeadAttention.Configuration(width: 4, heads: 2)
  var isCausal = false
  var testDescription: String { name }
}

@Suite struct AttentionTests {
  static let cases = [
    AttentionCase(name: "attention.self"),
    AttentionCase(name: "attention.causal", isCausal: true),
    AttentionCase(name: "attention.mask"),
    AttentionCase(name: "attention.keyPadding"),
    AttentionCase(name: "attention.additive"),
    AttentionCase(name: "attention.causalPadding", isCausal: true),
    AttentionCase(
      name: "attention.noBias", configuration: .init(width: 4, heads: 2, bias: false)),
    AttentionCase(name: "attention.cross"),
    AttentionCase(
      name: "attention.widths",
      configuration: .init(width: 4, heads: 2, keyWidth: 3, valueWidth: 5)),
  ]

  @Test(arguments: cases, [DType.float32, .float64])
  func equalsPyTorch(_ recorded: AttentionCase, _ dtype: DType) throws {
    try expectRecorded(recorded.name, dtype, translate: attentionNames) { generator in
      let attention = MultiHeadAttention(recorded.configuration, using: generator)
      return Subject(attention) { inputs in
        let q = inputs["q"]!
        let (k, v) = (inputs["k"] ?? q, inputs["v"] ?? q)
        var mask = recorded.isCausal ? AttentionMask.causal : .none
        if let allowed = inputs["mask"] { mask = .allowed(allowed) }
        if let scores = inputs["bias"] { mask = .additive(scores) }
        let keep = inputs["keep"]
        return [
          "output": attention(q, keys: k, values: v, mask: mask, validKeys: keep),
          "weights": attention.weights(q, keys: k, mask: mask, validKeys: keep),
        ]
      }
    }
  }

  @Test func queryWithoutAnyKeyGetsTheBias() {
    let attention = MultiHeadAttention(4, heads: 2, using: Generator(seed: 1))
    let x = Tensor.randn([1, 3, 4], using: Generator(seed: 2))
    let none = Tensor.zeros([1, 3]) .> 1
    let y = attention(x, validKeys: none)
    expectClose(y, Tensor.zeros([1, 3, 4]))  // the output's bias starts at zero
    expectClose(
      attention.weights(x, keys: x, validKeys: none), Tensor.zeros([1, 2, 3, 3]))
  }

  /// The path with dropout computes the same attention when nothing happens to be dropped.
  @Test func dropoutPathAgreesOnAverage() {
    let configuration = MultiHeadAttention.Configuration(width: 4, heads: 2, dropout: 1e-9)
    let attention = MultiHeadAttention(configuration, using: Generator(seed: 3))
    let x = Tensor.randn([2, 5, 4], using: Generator(seed: 4))
    expectClose(training(attention) { attention(x, mask: .causal) }, attention(x, mask: .causal))
  }

  @Test func causalOutputIgnoresTheFuture() {
    let attention = MultiHeadAttention(4, heads: 2, using: Generator(seed: 5))
    let x = Tensor.randn([1, 6, 4], using: Generator(seed: 6))
    let y = concatenated([x[.all, 0..<3], x[.all, 3..<6] * 2], dim: 1)
    let (a, b) = (attention(x, mask: .causal), attention(y, mask: .causal))
    expectClose(a[.all, 0..<3], b[.all, 0..<3])
  }
}
