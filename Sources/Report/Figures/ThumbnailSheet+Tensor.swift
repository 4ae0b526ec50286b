import FoundationEssentials
public import Torch

extension ThumbnailSheet {
  /// The longer side of a thumbnail at most, in pixels.
  static let longest = 32

  /// Pictures `[n, c, h, w]` in about as many columns as rows, larger ones made smaller by averaging.
  ///
  /// Throws `PictureError` for another shape and for none.
  public init(_ batch: Tensor) throws {
    guard batch.rank == 4, batch.size(0) > 0 else {
      throw PictureError(
        "expected pictures [n, c, h, w], found \(batch.shape)", remedy: "give at least one picture")
    }
    var small = batch
    let side = max(batch.size(2), batch.size(3))
    if side > Self.longest {
      let sizes = [batch.size(2), batch.size(3)].map { max(1, $0 * Self.longest / side) }
      small = adaptiveAveragePool(batch.to(.float32), size: sizes)
    }
    let columns = Int(Double(small.size(0)).squareRoot().rounded(.up))
    var grid = try PictureGrid(small, columns: columns)
    grid.gap = 0
    grid.scale = 1
    grid.background = .grey(0)
    self.init(
      picture: grid.picture(), width: small.size(3), height: small.size(2), columns: columns)
  }
}

extension ThumbnailSheet: Codable {
  private enum Key: String, CodingKey { case png, width, height, columns }

  /// Reads the sheet, which is a PNG file in base64; fails when sizes do not fit.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    picture = try Picture(
      pngBytes: Array(values.decode(Data.self, forKey: .png)), name: "thumbnails")
    width = try values.decode(Int.self, forKey: .width)
    height = try values.decode(Int.self, forKey: .height)
    columns = try values.decode(Int.self, forKey: .columns)
    guard width > 0, height > 0, columns > 0, picture.width == width * columns,
      picture.height.isMultiple(of: height)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .width, in: values, debugDescription: "the sheet is not whole thumbnails wide")
    }
  }

  /// Writes the sheet as a PNG file in base64.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(Data(picture.pngBytes()), forKey: .png)
    try values.encode(width, forKey: .width)
    try values.encode(height, forKey: .height)
    try values.encode(columns, forKey: .columns)
  }
}
