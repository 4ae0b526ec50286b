public import Torch

/// A contact sheet: pictures of one size in rows, with gaps, small ones scaled up.
public struct PictureGrid: Sendable {
  /// The cells, row by row; all have one size, and rows may end early.
  public var rows: [[Picture]]
  /// A text to the left of each row, or none at all.
  public var labels: [String]
  /// Pixels between cells and around them.
  public var gap = 2
  /// Rows that belong together; after each such group stands a gap three times as wide.
  public var groupSize = 1
  /// The whole factor by which cells grow; nil makes their longer side at least 48 pixels.
  public var scale: Int?
  /// What fills the gaps; dark, because a light one glares on dark pages and around dark cells.
  public var background = Picture.Color.grey(56)

  /// A sheet of given cells; throws `PictureError` when sizes differ or there is no cell.
  public init(rows: [[Picture]], labels: [String] = []) throws {
    let cells = rows.joined()
    guard let first = cells.first else {
      throw PictureError("expected at least one picture, found none", remedy: "ask for more")
    }
    if let other = cells.first(where: { $0.width != first.width || $0.height != first.height }) {
      throw PictureError(
        "expected pictures of one size, found \(first.width) × \(first.height)"
          + " and \(other.width) × \(other.height)",
        remedy: "resize them first")
    }
    guard labels.isEmpty || labels.count == rows.count else {
      throw PictureError(
        "expected one label a row, found \(labels.count) for \(rows.count) rows",
        remedy: "give each row a label, or none")
    }
    self.rows = rows
    self.labels = labels
  }

  /// A batch in reading order, in about as many columns as rows unless `columns` says otherwise.
  ///
  /// Shape of `batch`: [n, c, h, w] or [n, h, w], as `Picture(_:)` takes each. Throws
  /// `PictureError` for another shape or an empty batch.
  public init(_ batch: Tensor, columns: Int? = nil) throws {
    let cells = try Self.pictures(batch)
    let columns = Swift.max(1, columns ?? Int(Double(cells.count).squareRoot().rounded(.up)))
    try self.init(rows: Self.chunks(cells, columns))
  }

  /// Each row of the first batch above the matching row of the others: originals above
  /// reconstructions.
  ///
  /// Shapes: [n, c, h, w] each, of equal n. Throws `PictureError` for other shapes.
  public init(stacking batches: [Tensor], columns: Int) throws {
    let chunks = try batches.map { Self.chunks(try Self.pictures($0), Swift.max(1, columns)) }
    guard let first = chunks.first, chunks.allSatisfy({ $0.map(\.count) == first.map(\.count) })
    else {
      throw PictureError(
        "expected batches of one length, found \(batches.map(\.shape))",
        remedy: "take as many pictures from each")
    }
    try self.init(rows: first.indices.flatMap { row in chunks.map { $0[row] } })
    groupSize = batches.count
  }

  /// One row a latent axis, one column a step along it.
  ///
  /// Shape: [axes, steps, c, h, w]; `labels` names the axes. Throws `PictureError` otherwise.
  public init(traversals: Tensor, labels: [String] = []) throws {
    guard traversals.rank == 5 else {
      throw PictureError(
        "expected traversals of shape [axes, steps, c, h, w], found \(traversals.shape)",
        remedy: "stack one batch of pictures an axis")
    }
    try self.init(rows: traversals.unbound().map { try Self.pictures($0) }, labels: labels)
  }

  private static func pictures(_ batch: Tensor) throws -> [Picture] {
    guard batch.rank == 3 || batch.rank == 4 else {
      throw PictureError(
        "expected a batch of shape [n, c, h, w] or [n, h, w], found \(batch.shape)",
        remedy: "add the missing dimension, the batch first")
    }
    return try batch.unbound().map { try Picture($0) }
  }

  private static func chunks(_ cells: [Picture], _ size: Int) -> [[Picture]] {
    stride(from: 0, to: cells.count, by: size).map {
      Array(cells[$0..<Swift.min($0 + size, cells.count)])
    }
  }
}
