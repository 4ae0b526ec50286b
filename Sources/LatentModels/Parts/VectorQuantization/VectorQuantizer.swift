public import LatentCore
public import LatentNN
public import Torch

/// A grid of vectors → the grid of their nearest codewords.
///
/// Costs: β ‖e − sg[q]‖², the term `commitment`, and for a codebook that learns by gradient
/// ‖sg[e] − q‖², the term `codebook`, both summed over an example's grid. Watched: `perplexity`, e to the
/// entropy in nats of the batch's codes, and `dead-codes`. **Shapes**: features `[B, D, H, W]` → codes
/// `[B, D, H, W]`, their numbers `[B, H, W]`. The codebook learns after each step; its first step places it.
/// **Source**: van den Oord, Vinyals & Kavukcuoglu 2017, arXiv 1711.00937, eq. 1 to 3.
public final class VectorQuantizer: Module, Bottleneck {
  /// The codewords.
  public let codebook: Codebook
  /// β.
  public let commitment: Double
  /// The encoder's gradient.
  public let gradient: CodebookGradient
  /// [H, W].
  public let grid: [Int]
  /// The vectors of the step under way and their codes.
  private var pending: (vectors: Tensor, indices: Tensor)?

  /// A quantiser of grids [H, W].
  public init(
    _ options: CodebookOptions, grid: [Int], commitment: Double = 0.25,
    gradient: CodebookGradient = .straightThrough, using generator: Generator
  ) {
    self.grid = grid
    self.commitment = commitment
    self.gradient = gradient
    codebook = Codebook(options, using: generator)
  }

  /// [D, H, W].
  public var codeShape: [Int] { [codebook.options.size] + grid }

  /// The codes of a grid of features; in training mode they are what the codebook learns from.
  public func callAsFunction(_ features: Tensor) -> QuantizedPosterior {
    // Products may come in bfloat16 under autocast; a codebook averages and compares in its own precision.
    let rows = features.permuted([0, 2, 3, 1]).to(codebook.vectors.dtype)
    let flat = rows.reshaped([-1, codebook.options.size])
    let indices = codebook.nearest(to: flat)
    if mode == .training { pending = (flat.detached(), indices) }
    return QuantizedPosterior(
      outputs: rows, indices: indices.reshaped(Array(rows.shape.dropLast())), codebook: codebook,
      commitment: commitment, gradient: gradient)
  }

  /// The codes of a grid of features.
  public func posterior(_ features: Tensor, encode: (Tensor) -> Tensor) -> any LatentPosterior {
    self(features)
  }

  /// The codewords `[n, D, H, W]` with these numbers `[n, H, W]`.
  public func codewords(_ indices: Tensor) -> Tensor {
    codebook(indices).permuted([0, 3, 1, 2])
  }

  /// Grids of codes, each as probable as another: a codebook has no prior of its own.
  public func samplePrior(
    _ count: Int, encode: (Tensor) -> Tensor, using generator: Generator
  ) -> Tensor {
    codewords(Tensor.randint(0..<codebook.options.entries, [count] + grid, using: generator))
  }

  /// Lets the codebook learn from the step's vectors.
  public func afterStep(_ step: Step) {
    guard let (vectors, indices) = pending else { return }
    pending = nil
    codebook.learn(
      from: step.joined(vectors), indices: step.joined(indices), using: step.generator)
  }

  /// Forgets the step's vectors: the codebook stays what it is.
  public func skipStep() { pending = nil }
}

/// The codewords of a batch: a posterior that is one point.
public struct QuantizedPosterior: LatentPosterior {
  /// The encoder's vectors, `[B, H, W, D]`.
  public let outputs: Tensor
  /// The numbers of their codewords, `[B, H, W]` int64.
  public let indices: Tensor
  private let codebook: Codebook
  private let commitment: Double
  private let gradient: CodebookGradient

  init(
    outputs: Tensor, indices: Tensor, codebook: Codebook, commitment: Double,
    gradient: CodebookGradient
  ) {
    self.outputs = outputs
    self.indices = indices
    self.codebook = codebook
    self.commitment = commitment
    self.gradient = gradient
  }

  /// The codewords, `[B, D, H, W]`.
  public var representative: Tensor { codebook(indices).permuted([0, 3, 1, 2]) }

  /// The codewords with the encoder's gradient, and what the codebook charges; nothing is random.
  public func draw(using generator: Generator) -> LatentDraw {
    let codewords = codebook(indices)
    let count = Double(outputs.size(0))
    var penalties = [
      LatentPenalty(
        name: "commitment", value: squared(outputs - codewords.detached()).sum() / count,
        unit: .squaredError, weight: commitment)
    ]
    if codebook.weight != nil {
      penalties.append(
        LatentPenalty(
          name: "codebook", value: squared(outputs.detached() - codewords).sum() / count,
          unit: .squaredError))
    }
    penalties += [
      LatentPenalty(name: "perplexity", value: perplexity, weight: nil),
      LatentPenalty(name: "dead-codes", value: codebook.deadCount, weight: nil),
    ]
    let codes = gradient(outputs, codewords: codewords).permuted([0, 3, 1, 2])
    return LatentDraw(codes: codes, penalties: penalties)
  }

  /// exp(−Σ f log f), f the shares of the codes in the batch: 1 to K.
  public var perplexity: Tensor {
    let counts = indices.flattened().binCount(minimumLength: codebook.options.entries)
    let shares = counts.to(outputs.dtype) / indices.count
    return exp(entropyTerm(shares).sum())
  }
}
