import Distributions
import Torch

extension Case {
  /// All cases.
  static let all: [Case] = basic

  private static let basic: [Case] = [
    Case("normal", ["mean", "logVariance"]) {
      Normal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("normal2", ["mean", "logVariance"]) {
      Normal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("normalScale", ["mean", "standardDeviation"]) {
      Normal(mean: $0("mean"), standardDeviation: $0("standardDeviation"))
    },
    Case("standardNormal", []) { _ in StandardNormal([3], dtype: .float64) },
    Case("diagonal", ["mean", "logVariance"]) {
      DiagonalNormal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("diagonal2", ["mean", "logVariance"]) {
      DiagonalNormal(mean: $0("mean"), logVariance: $0("logVariance"))
    },
    Case("bernoulli", ["logits"]) { Bernoulli(logits: $0("logits")) },
    Case("bernoulli2", ["logits"]) { Bernoulli(logits: $0("logits")) },
    Case("categorical", ["logits"]) { Categorical(logits: $0("logits")) },
    Case("categorical2", ["logits"]) { Categorical(logits: $0("logits")) },
  ]
}
