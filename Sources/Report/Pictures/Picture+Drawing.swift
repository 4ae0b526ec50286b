extension Picture {
  /// The same picture with three channels.
  public var colored: Picture {
    guard channels == .grey else { return self }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pixels.count * 3)
    for level in pixels { bytes += [level, level, level] }
    return Picture(width: width, height: height, channels: .rgb, pixels: bytes)
  }

  /// Every pixel as a square of `factor` × `factor`: sharp, as small digits need it.
  public func scaled(by factor: Int) -> Picture {
    precondition(factor >= 1, "the factor \(factor) is below 1")
    guard factor > 1 else { return self }
    let step = channels.rawValue
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pixels.count * factor * factor)
    for y in 0..<height {
      var row: [UInt8] = []
      row.reserveCapacity(width * factor * step)
      for place in stride(from: y * width * step, to: (y + 1) * width * step, by: step) {
        for _ in 0..<factor { row += pixels[place..<place + step] }
      }
      for _ in 0..<factor { bytes += row }
    }
    return Picture(
      width: width * factor, height: height * factor, channels: channels, pixels: bytes)
  }

  /// Lays `other` over this picture with its top left at (`x`, `y`); what sticks out is cut off.
  ///
  /// Stops when a coloured picture is laid over a grey one.
  public mutating func paste(_ other: Picture, x: Int, y: Int) {
    precondition(
      channels == .rgb || other.channels == .grey, "a coloured picture over a grey one")
    let source = channels == .rgb ? other.colored : other
    let step = channels.rawValue
    let columns = Swift.max(0, -x)..<Swift.max(0, Swift.min(source.width, width - x))
    guard columns.lowerBound < columns.upperBound else { return }
    for row in 0..<source.height where (0..<height).contains(y + row) {
      let from = (row * source.width + columns.lowerBound) * step
      let to = ((y + row) * width + x + columns.lowerBound) * step
      let count = columns.count * step
      pixels.replaceSubrange(to..<to + count, with: source.pixels[from..<from + count])
    }
  }

  mutating func set(_ color: Color, x: Int, y: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let place = (y * width + x) * channels.rawValue
    pixels[place] = color.red
    guard channels == .rgb else { return }
    pixels[place + 1] = color.green
    pixels[place + 2] = color.blue
  }
}
