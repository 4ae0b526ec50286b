public import Torch

extension Picture {
  /// A picture of a tensor's numbers.
  ///
  /// Shape: [height, width], [1, height, width] or [3, height, width]. Floating-point numbers mean
  /// brightness from 0 to 1, p = ⌊255 · min(max(x, 0), 1) + ½⌋; bytes are taken as they are and
  /// truth values are black and white. NaN becomes `Color.notANumber`, which makes a grey picture
  /// coloured. Throws `PictureError` for another shape or type.
  public init(_ tensor: Tensor) throws {
    let shape = tensor.shape
    let sizes = shape.count == 2 ? [1] + shape : shape
    guard sizes.count == 3, sizes[0] == 1 || sizes[0] == 3, sizes[1] > 0, sizes[2] > 0 else {
      throw PictureError(
        "expected a picture of shape [height, width], [1, height, width] or [3, height, width],"
          + " found \(shape)",
        remedy: "choose one picture of a batch, and put the channels first")
    }
    let levels = try Self.levels(tensor)
    let (channels, height, width) = (sizes[0], sizes[1], sizes[2])
    let area = height * width
    let isColored = channels == 3 || levels.contains(nil)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(area * (isColored ? 3 : 1))
    for place in 0..<area {
      let parts = (0..<channels).map { levels[place + $0 * area] }
      if !isColored {
        pixels.append(parts[0] ?? 0)
      } else if let red = parts[0], let green = parts[channels / 2], let blue = parts[channels - 1]
      {
        pixels += [red, green, blue]
      } else {
        let mark = Color.notANumber
        pixels += [mark.red, mark.green, mark.blue]
      }
    }
    self.init(width: width, height: height, channels: isColored ? .rgb : .grey, pixels: pixels)
  }

  /// Brightness from 0 to 1 in float32, of shape [1, height, width] or [3, height, width].
  public func tensor() -> Tensor {
    let flat = Tensor(pixels.map { Float($0) / 255 })
    return flat.reshaped([height, width, channels.rawValue]).permuted([2, 0, 1]).contiguous()
  }

  /// One byte an element, nil for NaN.
  private static func levels(_ tensor: Tensor) throws -> [UInt8?] {
    if tensor.dtype == .uint8 { return tensor.withUnsafeBytes { $0.map { $0 } } }
    if tensor.dtype == .bool { return tensor.withUnsafeBytes { $0.map { $0 == 0 ? 0 : 255 } } }
    guard tensor.dtype.isFloatingPoint else {
      throw PictureError(
        "expected floating-point numbers from 0 to 1, bytes or truth values,"
          + " found \(tensor.dtype)",
        remedy: "convert with to(.float32) and divide by the largest value")
    }
    return tensor.scalars(as: Float.self).map { value in
      value.isNaN ? nil : UInt8(Swift.min(Swift.max(value, 0), 1) * 255 + 0.5)
    }
  }
}
