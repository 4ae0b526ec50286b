public import LatentNN
public import Torch

/// How a codebook learns.
public enum CodebookUpdate: Sendable, Hashable {
  /// Each entry is the moving average of the vectors it took, with this decay.
  case movingAverage(decay: Double)
  /// By the gradient of the squared distance to them.
  case gradient
}

/// What a codebook is like.
public struct CodebookOptions: Sendable, Hashable {
  /// K.
  public var entries: Int
  /// D.
  public var size: Int
  /// How it learns.
  public var update: CodebookUpdate
  /// Whether the first batch's vectors place the entries, by k-means.
  public var startsFromData: Bool
  /// An entry that takes less than this share of the mean use is placed on a random vector of the
  /// batch; 0 for never.
  public var restartBelow: Double

  /// A codebook of `entries` vectors of `size` numbers.
  public init(
    entries: Int = 512, size: Int = 16, update: CodebookUpdate = .movingAverage(decay: 0.99),
    startsFromData: Bool = true, restartBelow: Double = 0.02
  ) {
    self.entries = entries
    self.size = size
    self.update = update
    self.startsFromData = startsFromData
    self.restartBelow = restartBelow
  }
}

/// K vectors of D numbers, with how often each is used, all of it saved with the model.
///
/// After a step with n_k vectors of sum s_k for entry k: N_k ← γ N_k + (1 − γ) n_k, m_k ← γ m_k + (1 − γ) s_k
/// and e_k = m_k / Ñ_k, Ñ_k = (N_k + ε) N / (N + K ε) with N = Σ N_k. A codebook that learns by gradient
/// keeps N_k with γ = 0.99 for its statistics. **Source**: van den Oord et al. 2017, arXiv 1711.00937,
/// appendix A.1; restarts: Dhariwal et al. 2020, arXiv 2005.00341, section 3.1.
public final class Codebook: Module {
  /// What it is like.
  public let options: CodebookOptions
  /// The entries if they learn by gradient, `[K, D]`.
  public let weight: Parameter?
  /// The entries otherwise, `[K, D]`.
  public let average: Buffer?
  /// N, `[K]`.
  public let usage: Buffer
  /// m, `[K, D]`.
  public let sums: Buffer
  /// 1 once the first batch has placed the entries.
  public let isPlaced: Buffer

  /// A codebook with uniform entries of ±1/K.
  public init(_ options: CodebookOptions, using generator: Generator) {
    self.options = options
    let bound = 1 / Double(options.entries)
    let table = Initializer.uniform(low: -bound, high: bound)(
      [options.entries, options.size], using: generator)
    weight = options.update == .gradient ? Parameter(table) : nil
    average = options.update == .gradient ? nil : Buffer(table)
    usage = Buffer(Tensor.ones([options.entries]))
    sums = Buffer(table)
    isPlaced = Buffer(Tensor(options.startsFromData ? 0.0 : 1))
  }

  /// The entries, `[K, D]`.
  public var vectors: Tensor { weight?.value ?? average?.value ?? sums.value }

  /// The numbers of the nearest entries to vectors `[N, D]`, `[N]` int64.
  public func nearest(to vectors: Tensor) -> Tensor {
    nearestEntries(to: vectors, in: self.vectors)
  }

  /// The entries with these numbers, `[…, D]`.
  public func callAsFunction(_ indices: Tensor) -> Tensor {
    embedding(indices, table: vectors)
  }

  /// The number of entries that take less than one in a hundred of the mean use.
  public var deadCount: Tensor {
    (usage.value .< 0.01 * usage.value.mean()).to(usage.value.dtype).sum()
  }

  /// Learns from the vectors `[N, D]` of a step, which went to the entries `indices`.
  public func learn(from vectors: Tensor, indices: Tensor, using generator: Generator) {
    withoutGradients {
      guard isPlaced.value.item() != 0 else { return place(on: vectors, using: generator) }
      let tally = clusters(vectors, indices, entries: options.entries)
      var decay = 0.99
      if case .movingAverage(let chosen) = options.update { decay = chosen }
      usage.value = lerp(tally.counts, usage.value, weight: decay)
      if let average {
        sums.value = lerp(tally.sums, sums.value, weight: decay)
        average.value = sums.value / smoothedUsage.unsqueezed(dim: 1)
      }
      restart(on: vectors, using: generator)
    }
  }

  /// Ñ.
  private var smoothedUsage: Tensor {
    let epsilon = 1e-5
    let total = usage.value.sum()
    return (usage.value + epsilon) * (total / (total + Double(options.entries) * epsilon))
  }

  private func place(on vectors: Tensor, using generator: Generator) {
    let found = kMeans(vectors, centres: options.entries, using: generator)
    usage.value = found.counts.clamped(min: 1)
    set(found.centres)
    isPlaced.value = Tensor.ones(like: isPlaced.value)
  }

  private func restart(on vectors: Tensor, using generator: Generator) {
    let mean = usage.value.mean()
    let dead = usage.value .< options.restartBelow * mean
    guard options.restartBelow > 0, dead.any().item() != 0 else { return }
    let rows = Tensor.randint(0..<vectors.size(0), [options.entries], using: generator)
    let fresh = vectors.selected(rows, dim: 0)
    usage.value = usage.value.replacing(with: mean, where: dead)
    set(self.vectors.replacing(with: fresh, where: dead.unsqueezed(dim: 1)))
  }

  /// New entries; their sums follow.
  private func set(_ table: Tensor) {
    let table = table.detached()
    weight?.assign(table)
    average?.value = table
    sums.value = table * smoothedUsage.unsqueezed(dim: 1)
  }

  /// Entries and size, such as `512 × 16`.
  public override var details: String { "\(options.entries) × \(options.size)" }
}
