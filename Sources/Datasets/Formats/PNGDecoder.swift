import CPNG

/// PNG images through libpng's simplified interface, which reports errors as values.
enum PNGDecoder {
  static func head(
    _ bytes: [UInt8], path: String
  ) throws -> (width: Int, height: Int, isGrey: Bool) {
    try withImage(bytes, path: path) { image in
      let isGrey = image.format & UInt32(PNG_FORMAT_FLAG_COLOR) == 0
      return (Int(image.width), Int(image.height), isGrey)
    }
  }

  static func decode(_ bytes: [UInt8], path: String, grey: Bool) throws -> Picture {
    try withImage(bytes, path: path) { image in
      let (width, height) = (Int(image.width), Int(image.height))
      let channels = grey ? 1 : 3
      image.format = grey ? UInt32(PNG_FORMAT_GRAY) : UInt32(PNG_FORMAT_RGB)
      // Without this flag 16-bit images are taken for linear light.
      image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
      var white = png_color(red: 255, green: 255, blue: 255)
      var pixels = [UInt8](repeating: 255, count: width * height * channels)
      guard png_image_finish_read(&image, &white, &pixels, 0, nil) != 0 else {
        throw Picture.bad(path, message(image))
      }
      return Picture(width: width, height: height, channels: channels, bytes: pixels)
    }
  }

  private static func withImage<Result>(
    _ bytes: [UInt8], path: String, _ body: (inout png_image) throws -> Result
  ) throws -> Result {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    return try bytes.withUnsafeBytes { source in
      guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0 else {
        throw Picture.bad(path, message(image))
      }
      // Deflate makes at most 1,032 bytes of one, each of which holds at most 8 pixels.
      try Picture.checkSize(
        Int(image.width), Int(image.height), perByte: 8192, fileSize: bytes.count, path: path)
      return try body(&image)
    }
  }

  private static func message(_ image: png_image) -> String {
    withUnsafeBytes(of: image.message) { "libpng says: " + oneLine($0) }
  }

  /// The text before the first zero byte, without line ends.
  static func oneLine(_ bytes: UnsafeRawBufferPointer) -> String {
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
