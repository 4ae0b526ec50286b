/// A raster of 8-bit pixels, grey or red-green-blue, as a value.
public struct Picture: Sendable, Hashable {
  /// What one pixel holds.
  public enum Channels: Int, Sendable {
    /// One byte of brightness.
    case grey = 1
    /// Red, green and blue, one byte each.
    case rgb = 3
  }

  /// A colour of red, green and blue, one byte each.
  public struct Color: Sendable, Hashable {
    /// Red, green and blue.
    public var red, green, blue: UInt8

    /// A colour by its three parts.
    public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
      (self.red, self.green, self.blue) = (red, green, blue)
    }

    /// A grey of the given brightness.
    public static func grey(_ level: UInt8) -> Color { Color(level, level, level) }

    /// Marks what is no number; no grey picture contains it and few coloured ones do.
    public static let notANumber = Color(255, 0, 255)

    var isGrey: Bool { red == green && green == blue }
  }

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// What one pixel holds.
  public let channels: Channels
  /// Bytes from the top left, row by row, the channels of a pixel side by side.
  public internal(set) var pixels: [UInt8]

  /// A picture of given bytes; stops unless there are `width` · `height` · channels of them.
  public init(width: Int, height: Int, channels: Channels, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * channels.rawValue,
      "a \(width) × \(height) picture of \(channels.rawValue) channels, \(pixels.count) bytes")
    self.width = width
    self.height = height
    self.channels = channels
    self.pixels = pixels
  }

  /// A picture of one colour, grey if the colour is and `channels` does not say otherwise.
  public init(width: Int, height: Int, color: Color, channels: Channels? = nil) {
    let channels = channels ?? (color.isGrey ? .grey : .rgb)
    let pixel = channels == .grey ? [color.red] : [color.red, color.green, color.blue]
    var pixels: [UInt8] = []
    pixels.reserveCapacity(width * height * channels.rawValue)
    for _ in 0..<width * height { pixels += pixel }
    self.init(width: width, height: height, channels: channels, pixels: pixels)
  }

  /// The colour at a place, counted from the top left; stops outside the picture.
  public subscript(x: Int, y: Int) -> Color {
    precondition((0..<width).contains(x) && (0..<height).contains(y), "(\(x), \(y)) is outside")
    let place = (y * width + x) * channels.rawValue
    return channels == .grey
      ? .grey(pixels[place]) : Color(pixels[place], pixels[place + 1], pixels[place + 2])
  }
}
