public import Torch

/// Draws codes of examples that agree on a factor.
///
/// What `beta-vae-score` and `factor-vae-score` ask of a generator of data: a renderer or simulator
/// behind an encoder answers exactly; `MatchingRows` answers from a table.
public protocol FactorSampler {
  /// The number of factors.
  var factorCount: Int { get }
  /// Codes [count, d] of any examples.
  func codes(count: Int, using generator: Generator) throws -> Tensor
  /// Two times codes [count, d]: examples i of both have the same value of `factor`, drawn anew for
  /// each i, and independent other factors.
  func pairs(agreeingOn factor: Int, count: Int, using generator: Generator) throws -> (
    Tensor, Tensor
  )
  /// Codes [groups, size, d]: all examples of a group have one value of `factor`, drawn for the
  /// group, and independent other factors.
  func groups(
    agreeingOn factor: Int, groups: Int, size: Int, using generator: Generator
  ) throws -> Tensor
}

/// A metric that chooses examples by their factors, and so is exact on a grid or a generator of them.
public protocol InterventionMetric: FactorMetric {
  /// The number for codes that `sampler` draws; throws what drawing throws.
  func measure(_ sampler: any FactorSampler, _ options: MetricOptions) throws -> Estimate
}

extension InterventionMetric {
  /// The number for rows of a table; throws `MetricError` for a single factor.
  public func measure(_ data: CodesAndFactors, _ options: MetricOptions) throws -> Estimate {
    try requireTwoFactors(data)
    return try measure(MatchingRows(data), options)
  }
}

/// Rows of a table as a generator: examples that agree on a factor are rows with equal values of it.
///
/// Exact for a table that holds every combination of the factors equally often. For any other it is
/// an approximation: values come as often as rows have them, the other factors are distributed as
/// they are beside the value, and rows repeat. Rows are drawn with replacement.
public struct MatchingRows: FactorSampler {
  private let codes: Tensor
  private let columns: [(classes: Tensor, order: Tensor, starts: Tensor, sizes: Tensor)]

  /// The rows of `data`; real factors agree when they are in the same of 20 bins.
  public init(_ data: CodesAndFactors) {
    codes = data.codes
    columns = data.factors.map { factor in
      let (classes, count) = BinnedInformation.classes(of: factor)
      let sizes = classes.binCount(minimumLength: count)
      return (classes, classes.argSorted(), sizes.cumulativeSum(dim: 0) - sizes, sizes)
    }
  }

  /// The number of factors.
  public var factorCount: Int { columns.count }

  /// Codes of rows drawn with equal probability.
  public func codes(count: Int, using generator: Generator) -> Tensor {
    codes.selected(Tensor.randint(0..<codes.size(0), [count], using: generator), dim: 0)
  }

  /// A row drawn with equal probability, and one of those with the same value.
  public func pairs(agreeingOn factor: Int, count: Int, using generator: Generator) -> (
    Tensor, Tensor
  ) {
    let rows = Tensor.randint(0..<codes.size(0), [count], using: generator)
    let others = partners(of: rows.unsqueezed(dim: 1), factor, size: 1, using: generator)
    return (codes.selected(rows, dim: 0), codes.selected(others.flattened(), dim: 0))
  }

  /// Values as often as rows have them, then rows with that value.
  public func groups(
    agreeingOn factor: Int, groups: Int, size: Int, using generator: Generator
  ) -> Tensor {
    let heads = Tensor.randint(0..<codes.size(0), [groups, 1], using: generator)
    let rows = partners(of: heads, factor, size: size, using: generator)
    return codes.selected(rows.flattened(), dim: 0).reshaped([groups, size, -1])
  }

  /// `size` rows [m, size] with the values that the rows [m, 1] have.
  private func partners(
    of rows: Tensor, _ factor: Int, size: Int, using generator: Generator
  ) -> Tensor {
    let column = columns[factor]
    let values = column.classes.selected(rows.flattened(), dim: 0)
    let counts = column.sizes.selected(values, dim: 0).unsqueezed(dim: 1)
    let starts = column.starts.selected(values, dim: 0).unsqueezed(dim: 1)
    let draws = Tensor.rand([rows.size(0), size], using: generator, dtype: .float64)
    let places = starts + minimum((draws * counts.to(.float64)).to(.int64), counts - 1)
    return column.order.selected(places.flattened(), dim: 0).reshaped([rows.size(0), size])
  }
}
