public import Torch

/// A table of vectors, looked up by index: y[…] = W[x[…]].
///
/// **Shapes**: x `[…]` of int64 or int32 → y `[…, width]`; `weight` `[count, width]`. New entries are
/// standard normal. **Fails** as operators do for an index outside 0 ..< count. PyTorch: `nn.Embedding`.
public final class Embedding: Module, UnaryLayer {
  /// W, `[count, width]`.
  public let weight: Parameter
  /// The row for "nothing here": it starts at zero and gets no gradient.
  public let padding: Int?

  /// A table of `count` vectors of `width` numbers.
  ///
  /// - Parameters:
  ///   - count: the number of rows.
  ///   - width: the numbers in a row.
  ///   - padding: the index of a row that stays zero; it may count from the end.
  ///   - initializer: how the rows are drawn.
  ///   - generator: draws the rows.
  public init(
    _ count: Int, _ width: Int, padding: Int? = nil,
    initializer: Initializer = .normal(), using generator: Generator
  ) {
    let row = padding.map { $0 < 0 ? $0 + count : $0 }
    if let row {
      require(
        row >= 0 && row < count, "Embedding", "padding is row \(row), expected one of \(count) rows"
      )
    }
    var table = initializer([count, width], using: generator)
    if let row {
      let rows = Tensor.arange(count, device: .cpu).reshaped([count, 1])
      table = table.replacing(with: 0, where: rows .== row)
    }
    self.padding = row
    weight = Parameter(table)
  }

  /// The rows that `x` names.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    embedding(x, table: weight.value, paddingIndex: padding)
  }

  /// `count × width`.
  public override var details: String { "\(weight.shape[0]) × \(weight.shape[1])" }
}
