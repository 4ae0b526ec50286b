import CPNG
import Torch

extension Picture {
  /// The most pixels that reading accepts unless told otherwise.
  public static let defaultPixelLimit = 64_000_000

  /// The picture as a PNG file's bytes: 8 bits a channel, sRGB; equal pictures give equal bytes.
  public func pngBytes() throws -> [UInt8] {
    try encoded(for: "picture.png")
  }

  /// Writes a PNG file, replacing an old one only when the new one is complete.
  ///
  /// Throws `FileError` when the place cannot be written.
  public func write(to path: String) throws {
    try AtomicFile.write(encoded(for: path), to: path)
  }

  /// Reads a PNG file as 8-bit sRGB, in colour if the file holds colour.
  ///
  /// Transparent parts are laid over white. Throws `FileError` for a file that is missing, over
  /// 256 MB, no PNG, broken, or of more than `pixelLimit` pixels; the size is read and refused
  /// before any pixel is decoded.
  public init(path: String, pixelLimit: Int = Picture.defaultPixelLimit) throws {
    let file = try InputFile(path)
    guard file.count <= 256_000_000 else {
      throw FileError(
        path: path, problem: "expected a PNG file of at most 256 MB, found \(file.count) bytes",
        remedy: "make the picture smaller")
    }
    try self.init(pngBytes: file.all(), name: path, pixelLimit: pixelLimit)
  }

  /// Decodes the bytes of a PNG file; `name` stands in the error. Fails as reading a file does.
  public init(
    pngBytes bytes: [UInt8], name: String = "picture.png",
    pixelLimit: Int = Picture.defaultPixelLimit
  ) throws {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    // libpng keeps the address of the bytes between the two calls.
    self = try bytes.withUnsafeBytes { source in
      guard png_image_begin_read_from_memory(&image, source.baseAddress, source.count) != 0 else {
        throw Self.broken(name, image)
      }
      let (width, height) = (Int(image.width), Int(image.height))
      guard width <= pixelLimit / height else {
        throw FileError(
          path: name, problem: "expected at most \(pixelLimit) pixels, found \(width) × \(height)",
          remedy: "make the picture smaller")
      }
      let isColored = image.format & UInt32(PNG_FORMAT_FLAG_COLOR) != 0
      image.format = isColored ? UInt32(PNG_FORMAT_FLAG_COLOR) : 0
      let channels: Channels = isColored ? .rgb : .grey
      var pixels = [UInt8](repeating: 0, count: width * height * channels.rawValue)
      var white = png_color(red: 255, green: 255, blue: 255)
      guard png_image_finish_read(&image, &white, &pixels, 0, nil) != 0 else {
        throw Self.broken(name, image)
      }
      return Picture(width: width, height: height, channels: channels, pixels: pixels)
    }
  }

  private func encoded(for path: String) throws -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = channels == .rgb ? UInt32(PNG_FORMAT_FLAG_COLOR) : 0
    defer { png_image_free(&image) }
    // Never smaller than the file: the raw bytes, a filter byte a row, zlib's and PNG's own parts.
    var count = png_alloc_size_t(pixels.count + height + pixels.count / 8 + 4096)
    let capacity = Int(count)
    let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
      let isWritten =
        png_image_write_to_memory(&image, buffer.baseAddress, &count, 0, pixels, 0, nil) != 0
      filled = isWritten ? Int(count) : 0
    }
    guard !bytes.isEmpty else {
      throw FileError(
        path: path, problem: "cannot be encoded as PNG: \(Self.message(image))",
        remedy: "make the picture smaller")
    }
    return bytes
  }

  private static func broken(_ name: String, _ image: png_image) -> FileError {
    FileError(
      path: name, problem: "expected a PNG file, found: \(message(image))",
      remedy: "check that it is a complete PNG file")
  }

  private static func message(_ image: png_image) -> String {
    withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }
}
