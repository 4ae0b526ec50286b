/// Small pictures in one sheet, so that points of a chart can show their example.
public struct ThumbnailSheet: Sendable, Hashable {
  /// All pictures row by row, without gaps.
  public var picture: Picture
  /// The size of one in pixels.
  public var width, height: Int
  /// How many stand in a row.
  public var columns: Int

  /// A sheet; stops when the picture is not whole columns wide.
  public init(picture: Picture, width: Int, height: Int, columns: Int) {
    precondition(
      width > 0 && height > 0 && columns > 0 && picture.width == width * columns
        && picture.height.isMultiple(of: height),
      "\(picture.width) × \(picture.height) pixels are not \(columns) columns of \(width) × \(height)"
    )
    self.picture = picture
    self.width = width
    self.height = height
    self.columns = columns
  }
}
