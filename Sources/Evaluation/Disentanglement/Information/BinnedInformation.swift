import Torch

/// Mutual information of every code with every factor from one contingency table, in nats.
///
/// Codes, and real factors, are cut into 20 bins of equal width between their own least and largest
/// value; I = (Σ n_ij ln n_ij − Σ n_i ln n_i − Σ n_j ln n_j + n ln n) / n. The table of all pairs is
/// one product of indicator matrices, so that a resample costs one product. The plug-in estimate is
/// too large by about (bins − 1)(classes − 1) / 2n nats. **Source**: Locatello et al. 2019,
/// arXiv 1811.12359, appendix B (histogram of 20 bins).
struct BinnedInformation {
  /// What one table says.
  struct Table {
    /// I(code; factor), [d, k].
    let information: Tensor
    /// H(code), [d].
    let codeEntropies: Tensor
    /// H(factor), [k].
    let factorEntropies: Tensor
    /// Cells of [d, k], [d] and [k] with examples in them.
    let occupied: (pairs: Tensor, codes: Tensor, factors: Tensor)
  }

  static let binCount = 20
  private let codes: Tensor
  private let factors: Tensor
  private let columns: Tensor
  private let count: Int
  private let codeCount: Int

  init(_ data: CodesAndFactors) {
    count = data.count
    codeCount = data.codeCount
    codes = Self.indicators(
      (0..<data.codeCount).map { (Self.binned(data.codes[.all, $0]), Self.binCount) })
    let classes = data.factors.map(Self.classes)
    factors = Self.indicators(classes)
    // [classes of all factors, k]: which class belongs to which factor.
    let owners = classes.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element.1) }
    columns = Tensor(owners).oneHot(classes: classes.count).to(.float64)
  }

  /// The table of all examples, or of a resample with these weights [n].
  func table(weights: Tensor? = nil) -> Table {
    let weighted = weights.map { factors * $0.to(.float32).unsqueezed(dim: 1) } ?? factors
    // Counts below 2²⁴ are exact in float32.
    let joint = matmul(codes.transposed(0, 1), weighted).to(.float64)
      .reshaped([codeCount, Self.binCount, -1])
    let marginal = joint.sum(dim: 1)[0]
    let total = Double(count)
    let pairs = matmul(Self.terms(joint).sum(dim: 1), columns)
    let codeTerms = Self.terms(matmul(joint, columns[.all, 0..<1]).squeezed(dim: 2)).sum(dim: 1)
    let factorTerms = matmul(Self.terms(marginal), columns)
    let logTotal = Self.terms(Tensor(total, dtype: .float64))
    let information = pairs - codeTerms.unsqueezed(dim: 1) - factorTerms + logTotal
    // What rounding leaves of independence is none.
    let exact = (information / total).replacing(with: 0, where: (information / total) .< 1e-12)
    return Table(
      information: exact, codeEntropies: (logTotal - codeTerms) / total,
      factorEntropies: (logTotal - factorTerms) / total,
      occupied: (
        matmul((joint .> 0).to(.float64).sum(dim: 1), columns),
        (joint.sum(dim: 2) .> 0).to(.float64).sum(dim: 1),
        matmul((marginal .> 0).to(.float64), columns)
      ))
  }

  /// The bin of each number [n], 0 ..< 20; a number on an edge belongs to the upper bin, and a
  /// constant column is one bin. NumPy: `digitize` with the edges of `histogram`.
  static func binned(_ numbers: Tensor) -> Tensor {
    let edges = Tensor.linspace(
      numbers.min().item(), numbers.max().item(), count: binCount + 1, dtype: .float64)
    return numbers.contiguous().bucketed(edges[1..<binCount].contiguous(), right: true)
  }

  /// Numbers of classes, or of bins for a real factor, and how many there can be.
  static func classes(of factor: FactorColumn) -> (Tensor, Int) {
    switch factor.values {
    case .classes(let numbers, let count): (numbers, count)
    case .real(let numbers): (binned(numbers), binCount)
    }
  }

  /// H of each factor in nats.
  static func entropies(of factors: [FactorColumn]) -> [Double] {
    factors.map { factor in
      let (numbers, count) = classes(of: factor)
      let shares = numbers.binCount(minimumLength: count).to(.float64) / Double(numbers.count)
      return entropyTerm(shares).sum().item()
    }
  }

  private static func indicators(_ columns: [(Tensor, Int)]) -> Tensor {
    concatenated(columns.map { $0.oneHot(classes: $1).to(.float32) }, dim: 1)
  }

  /// x ln x, 0 at 0.
  private static func terms(_ counts: Tensor) -> Tensor { -entropyTerm(counts) }
}

extension CodesAndFactors {
  /// The binned information of the sample, computed once.
  func binnedTable(_ options: MetricOptions) -> BinnedInformation.Table {
    let sample = sample(options)
    return sample.shared("binned") { BinnedInformation(sample).table() }
  }

  /// The tables of the bootstrap resamples of the sample, computed once.
  func resampledTables(_ options: MetricOptions) -> [BinnedInformation.Table] {
    let sample = sample(options)
    return sample.shared("binned resamples \(options.resamples) \(options.seed)") {
      let information = BinnedInformation(sample)
      let bootstrap = Bootstrap(count: sample.count, seed: options.seed)
      return (0..<options.resamples).map { _ in information.table(weights: bootstrap.weights()) }
    }
  }
}
