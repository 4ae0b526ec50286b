import CTurboJPEG

/// JPEG images through libjpeg-turbo's TurboJPEG interface, which reports errors as values.
enum JPEGDecoder {
  static func head(
    _ bytes: [UInt8], path: String
  ) throws -> (width: Int, height: Int, isGrey: Bool) {
    try withDecoder(bytes, path: path) { _, size in size }
  }

  static func decode(_ bytes: [UInt8], path: String, grey: Bool) throws -> Picture {
    try withDecoder(bytes, path: path) { decoder, size in
      let channels = grey ? 1 : 3
      let format = grey ? TJPF_GRAY : TJPF_RGB
      var pixels = [UInt8](repeating: 0, count: size.width * size.height * channels)
      // Damaged data are a warning to libjpeg, and a file of very many scans would take minutes.
      let flags = TJFLAG_STOPONWARNING | TJFLAG_LIMITSCANS | TJFLAG_ACCURATEDCT
      let status = tjDecompress2(
        decoder, bytes, UInt(bytes.count), &pixels, Int32(size.width), 0, Int32(size.height),
        Int32(format.rawValue), Int32(flags))
      guard status == 0 else { throw Picture.bad(path, message(decoder)) }
      return Picture(width: size.width, height: size.height, channels: channels, bytes: pixels)
    }
  }

  private static func withDecoder<Result>(
    _ bytes: [UInt8], path: String,
    _ body: (tjhandle, (width: Int, height: Int, isGrey: Bool)) throws -> Result
  ) throws -> Result {
    guard let decoder = tjInitDecompress() else {
      throw Picture.bad(path, "libjpeg-turbo could not start")
    }
    defer { tjDestroy(decoder) }
    var width: Int32 = 0
    var height: Int32 = 0
    var sampling: Int32 = 0
    var space: Int32 = 0
    let status = tjDecompressHeader3(
      decoder, bytes, UInt(bytes.count), &width, &height, &sampling, &space)
    guard status == 0 else { throw Picture.bad(path, message(decoder)) }
    // A block of 64 pixels takes at least half a bit in every scan.
    try Picture.checkSize(
      Int(width), Int(height), perByte: 1024, fileSize: bytes.count, path: path)
    return try body(decoder, (Int(width), Int(height), space == Int32(TJCS_GRAY.rawValue)))
  }

  private static func message(_ decoder: tjhandle) -> String {
    guard let text = tjGetErrorStr2(decoder) else { return "libjpeg-turbo gives no reason" }
    let line = String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ")
    return "libjpeg-turbo says: \(line)"
  }
}
