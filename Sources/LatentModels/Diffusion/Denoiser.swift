public import LatentNN
public import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A network that looks through noise: x_t, λ and perhaps a label → a prediction of x_t's shape.
public protocol Denoiser: Module {
  /// The raw prediction.
  ///
  /// **Shapes**: `noised` `[B] + exampleShape`; `logSNR` of B numbers or of one for all; `labels` `[B]` int64 of
  /// 0 ..< classes, or `classes` for none; nil for a network without labels.
  func callAsFunction(_ noised: Tensor, logSNR: Tensor, labels: Tensor?) -> Tensor
}

/// λ and label as a vector that every layer of a denoiser is told.
///
/// Sinusoids of 25 (20 − λ), of periods from 2π to 10⁴ 2π, through two dense layers; to them the label's row of a table is
/// added, whose last row stands for no label. Told λ and no time, a network knows nothing of the schedule. **Shapes**: B numbers →
/// `[B, width]`. **Source**: Ho, Jain & Abbeel 2020, arXiv 2006.11239, appendix B; λ for time: Kingma et al. 2021, arXiv 2107.00630.
public final class LevelEmbedding: Module {
  let first: Linear
  let second: Linear
  let labels: Embedding?
  private let features: Int

  /// An embedding of `width` numbers; `classes` labels, or none.
  public init(width: Int, classes: Int?, using generator: Generator) {
    features = max(2, width / 2 * 2)
    first = Linear(features, width, using: generator)
    second = Linear(width, width, using: generator)
    labels = classes.map { Embedding($0 + 1, width, using: generator) }
  }

  /// The vectors.
  public func callAsFunction(_ logSNR: Tensor, count: Int, labels numbers: Tensor?) -> Tensor {
    let place = (25 * (20 - logSNR.reshaped([-1]))).expanded([count])
    let powers = Tensor.arange(0.0, Double(features / 2), step: 1, dtype: place.dtype)
    let frequencies = exp(powers * (-log(10_000.0) / Double(max(features / 2 - 1, 1))))
    let angles = place.unsqueezed(dim: 1) * frequencies
    let waves = concatenated([sin(angles), cos(angles)], dim: 1)
    let told = second(silu(first(waves)))
    guard let labels, let numbers else { return told }
    return told + labels(numbers)
  }
}

/// A denoiser of dense layers for vectors: h ← silu(W h + b + P e), e the embedded level.
///
/// **Shapes**: examples of any shape, flattened inside.
public final class DenseDenoiser: Module, Denoiser {
  let embedding: LevelEmbedding
  let layers: [Linear]
  let levels: [Linear]
  let last: Linear

  /// A network for examples of `elements` numbers with these hidden widths, one at least.
  public init(elements: Int, hidden: [Int], classes: Int? = nil, using generator: Generator) {
    precondition(!hidden.isEmpty, "a dense denoiser expects at least one hidden layer")
    let width = min(hidden[0], 128)
    embedding = LevelEmbedding(width: width, classes: classes, using: generator)
    layers = zip([elements] + hidden, hidden).map { Linear($0, $1, using: generator) }
    levels = hidden.map { Linear(width, $0, using: generator) }
    last = Linear(hidden[hidden.count - 1], elements, using: generator)
  }

  /// The prediction.
  public func callAsFunction(_ noised: Tensor, logSNR: Tensor, labels: Tensor?) -> Tensor {
    let told = silu(embedding(logSNR, count: noised.size(0), labels: labels))
    var x = noised.flattened(from: 1)
    for (layer, level) in zip(layers, levels) { x = silu(layer(x) + level(told)) }
    return last(x).reshaped(noised.shape)
  }
}
