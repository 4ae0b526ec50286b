/// The rows of a batch that one of several processes has.
///
/// A mean over the batch is Σ weight · (mean over a process's rows).
public struct RowShare: Hashable, Sendable {
  /// The rows, never empty.
  public let rows: Range<Int>
  /// The rows of the whole batch.
  public let total: Int
  /// rows / total; 0 for a process that is left over and does the first row to stay in step.
  public let weight: Double

  /// What process `rank` of `size` has of `total` ≥ 1 rows: neighbouring rows in the order of the
  /// processes, the first ones with one row more where it does not come out even.
  public init(of total: Int, rank: Int, size: Int) {
    precondition(total >= 1 && (0..<size).contains(rank), "no share \(rank) of \(size) in \(total)")
    let (least, more) = total.quotientAndRemainder(dividingBy: size)
    let start = rank * least + min(rank, more)
    let count = least + (rank < more ? 1 : 0)
    self.total = total
    rows = count == 0 ? 0..<1 : start..<(start + count)
    weight = Double(count) / Double(total)
  }

  /// The dimension of `shape` that counts this share's rows, the first or the second, or nil.
  func dimension(in shape: [Int]) -> Int? { shape.prefix(2).firstIndex(of: rows.count) }
}

/// Runs `body` with random numbers as a part of the whole batch's.
///
/// A draw whose first, otherwise second, dimension has as many entries as the share has rows is made for
/// the whole batch, and its rows are taken: with generators in one state, the processes' draws together are
/// those of one process with the whole batch. Other draws are the same everywhere. Laws that draw until
/// they accept (gamma, Dirichlet, Poisson, binomial) have rows of the right law, and not those of one process.
public func drawing<Result>(
  _ share: RowShare?, _ body: () throws -> Result
) rethrows -> Result {
  try DrawScope.$share.withValue(share, operation: body)
}

/// LibTorch's modes belong to a thread, and an asynchronous body may change threads.
@available(*, unavailable, message: "the body must be synchronous: it may not change threads")
public func drawing<Result>(
  _ share: RowShare?, _ body: () async throws -> Result
) async rethrows -> Result { try await body() }

enum DrawScope {
  @TaskLocal static var share: RowShare?
}

/// The present share's part of a draw.
package func drawn(_ shape: [Int], _ draw: ([Int]) -> Tensor) -> Tensor {
  guard let share = DrawScope.share, let dim = share.dimension(in: shape) else {
    return draw(shape)
  }
  var whole = shape
  whole[dim] = share.total
  return share.part(of: draw(whole), dim)
}

/// The present share's part of a draw from laws whose parameters, all of one shape, are known for its rows
/// alone; `filler` stands for those of the others.
func drawn(from parameters: Tensor..., filler: Double, _ draw: ([Tensor]) -> Tensor) -> Tensor {
  guard let share = DrawScope.share, let shape = parameters.first?.shape,
    let dim = share.dimension(in: shape)
  else { return draw(parameters) }
  let whole = parameters.map { share.filled($0, dim, filler) }
  return share.part(of: draw(whole), dim)
}

extension RowShare {
  fileprivate func part(of whole: Tensor, _ dim: Int) -> Tensor {
    dim == 0 ? whole[rows] : whole[.all, rows]
  }

  /// `part` among rows of `filler`.
  fileprivate func filled(_ part: Tensor, _ dim: Int, _ filler: Double) -> Tensor {
    func others(_ count: Int) -> Tensor {
      var shape = part.shape
      shape[dim] = count
      return Tensor.full(shape, filler, dtype: part.dtype, device: part.device)
    }
    return concatenated([others(rows.lowerBound), part, others(total - rows.upperBound)], dim: dim)
  }
}
