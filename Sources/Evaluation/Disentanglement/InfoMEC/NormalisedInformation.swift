import Torch

/// I(code; factor) / H(factor) of the active codes, the table that InfoM and InfoC read.
///
/// Codes that are few repeated numbers (every column at most n/20 of them, as quantised codes are)
/// are classes, and I is the plug-in estimate; others are real, and I is Ross's estimate with ten
/// neighbours. A code is active if its range is above 0, or for real codes above a twentieth of the
/// largest. **Source**: Hsu et al. 2023, arXiv 2305.18378, section 4 and the authors' settings.
struct NormalisedInformation {
  /// The table [active codes, k], or nil when no code is active.
  let table: Tensor?

  /// The table of some examples, whose codes are classes or real as those of all examples are.
  init(_ data: CodesAndFactors, isDiscrete: Bool, seed: UInt64) {
    let ranges = data.codes.max(dims: [0]) - data.codes.min(dims: [0])
    let threshold = isDiscrete ? 0 : ranges.max().item() / 20
    let active = (ranges .> threshold).nonzero().squeezed(dim: 1)
    guard active.count > 0 else {
      table = nil
      return
    }
    let information =
      isDiscrete
      ? data.discreteInformation() : data.neighbourInformation(neighbours: 10, seed: seed)
    let entropies = Tensor(BinnedInformation.entropies(of: data.factors), dtype: .float64)
    table = information.selected(active, dim: 0) / entropies
  }

  /// (mean over rows of largest entry / sum − 1/m) / (1 − 1/m) for rows of m entries; a row of
  /// zeros counts 0, as chance does.
  static func concentration(_ rows: Tensor) -> Double {
    let least = 1 / Double(rows.size(1))
    let sums = rows.sum(dim: 1)
    let shares = (rows.max(dims: [1]) / sums).replacing(with: least, where: sums .== 0)
    return (shares.mean().item() - least) / (1 - least)
  }
}

extension CodesAndFactors {
  /// Whether every code repeats few numbers.
  var areCodesDiscrete: Bool {
    shared("discrete") {
      (0..<codeCount).allSatisfy { codes[.all, $0].unique().values.size(0) <= max(2, count / 20) }
    }
  }

  /// The table of the sample, computed once.
  func normalisedInformation(_ options: MetricOptions) -> NormalisedInformation {
    let sample = sample(options)
    return sample.shared("normalised information \(options.seed)") {
      NormalisedInformation(sample, isDiscrete: sample.areCodesDiscrete, seed: options.seed)
    }
  }

  /// The interval of a score of the table, from parts of the sample.
  ///
  /// The parts' tables are made once for both scores that are read from them.
  func normalisedInterval(
    _ value: Double, _ options: MetricOptions, _ score: (NormalisedInformation) -> Double
  ) -> [Double] {
    let sample = sample(options)
    var place = 0
    return Subsampling(options).interval(value, counts: [sample.count], within: 0...1) { parts in
      defer { place += 1 }
      let known = sample.shared("normalised part \(place) \(options.seed)") {
        NormalisedInformation(
          sample.selected(parts[0]), isDiscrete: sample.areCodesDiscrete, seed: options.seed)
      }
      return score(known)
    }
  }

  /// The codes as classes, each column's numbers in order.
  var discreteCodes: [FactorColumn] {
    (0..<codeCount).map { place in
      let column = codes[.all, place].contiguous()
      let levels = column.unique().values
      return FactorColumn(
        name: "code \(place)",
        values: .classes(levels.insertionIndices(of: column), count: levels.size(0)))
    }
  }

  /// I of codes that are classes with every factor, [d, k] in nats.
  fileprivate func discreteInformation() -> Tensor {
    let entropies = BinnedInformation.entropies(of: factors)
    let rows = discreteCodes.map { code -> Tensor in
      let own = BinnedInformation.entropies(of: [code])[0]
      return Tensor(
        zip(factors, entropies).map { factor, entropy in
          let (numbers, _) = BinnedInformation.classes(of: factor)
          guard let (levels, count) = code.classes else { return 0 }
          let joint = FactorColumn(
            name: "joint", values: .classes(numbers * count + levels, count: 1))
          return max(0, own + entropy - BinnedInformation.entropies(of: [joint])[0])
        }, dtype: .float64)
    }
    return stacked(rows)
  }
}
