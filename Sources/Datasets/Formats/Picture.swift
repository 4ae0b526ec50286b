import Torch

/// A decoded image: rows from the top, channels of a pixel next to each other, a byte each.
package struct Picture {
  package let width: Int
  package let height: Int
  /// 1 for grey, 3 for red, green and blue.
  package let channels: Int
  package let bytes: [UInt8]

  package init(width: Int, height: Int, channels: Int, bytes: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.bytes = bytes
  }

  /// Wider or higher images are refused.
  static let largestSide = 16_384

  /// Decodes a PNG or JPEG file, told by its first bytes; `grey` asks for one channel, otherwise
  /// there are three.
  ///
  /// Transparency is laid on white. Throws `FileError` for other formats, damaged or cut-off data,
  /// a side above 16,384 pixels, and images that need more than 64 MB + 4 × the file's size.
  package static func decode(_ file: any ByteSource, grey: Bool) throws -> Picture {
    let bytes = try contents(file)
    switch try Format(bytes, path: file.path) {
    case .png: return try PNGDecoder.decode(bytes, path: file.path, grey: grey)
    case .jpeg: return try JPEGDecoder.decode(bytes, path: file.path, grey: grey)
    }
  }

  /// Width, height and whether there is colour, without decoding.
  package static func head(
    _ file: any ByteSource
  ) throws -> (width: Int, height: Int, isGrey: Bool) {
    let bytes = try contents(file)
    switch try Format(bytes, path: file.path) {
    case .png: return try PNGDecoder.head(bytes, path: file.path)
    case .jpeg: return try JPEGDecoder.head(bytes, path: file.path)
    }
  }

  private enum Format {
    case png
    case jpeg

    init(_ bytes: [UInt8], path: String) throws {
      if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
        self = .png
      } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else {
        throw FileError(
          path: path, problem: "is neither a PNG nor a JPEG image",
          remedy: "convert it to PNG, or remove it from the folder")
      }
    }
  }

  private static func contents(_ file: any ByteSource) throws -> [UInt8] {
    guard file.count <= 1 << 30 else {
      throw FileError(
        path: file.path, problem: "expected an image of at most 1 GB, found \(file.count) bytes",
        remedy: "use a smaller image")
    }
    return try [UInt8](unsafeUninitializedCapacity: file.count) { buffer, initialized in
      try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
      initialized = file.count
    }
  }

  /// Throws unless an image of this size may be decoded from a file of `fileSize` bytes, of which
  /// each can stand for `perByte` pixels at most.
  static func checkSize(
    _ width: Int, _ height: Int, perByte: Int, fileSize: Int, path: String
  ) throws {
    let sides = 1...largestSide
    guard sides.contains(width), sides.contains(height) else {
      throw bad(path, "expected sides of 1 to \(largestSide) pixels, found \(width)×\(height)")
    }
    let allowed = 64 << 20 + 4 * fileSize
    guard 3 * width * height <= allowed, width * height <= perByte * (fileSize + 64) else {
      throw bad(
        path, "its \(width)×\(height) pixels are more than a file of \(fileSize) bytes may hold")
    }
  }

  static func bad(_ path: String, _ problem: String) -> FileError {
    FileError(
      path: path, problem: "is no readable image: \(problem)",
      remedy: "check that the file is complete, or remove it")
  }
}
