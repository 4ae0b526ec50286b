import CGIF
import Torch

/// Pictures of one size, one after the other.
public struct PictureFilm: Sendable {
  /// The pictures in order.
  public let frames: [Picture]
  /// Hundredths of a second that each is shown.
  public var delay = 12

  /// A film; stops without a picture and for pictures of several sizes.
  public init(_ frames: [Picture]) {
    precondition(
      !frames.isEmpty
        && frames.allSatisfy { $0.width == frames[0].width && $0.height == frames[0].height },
      "a film needs pictures of one size")
    self.frames = frames
  }

  /// The film as a GIF file's bytes that repeats for ever.
  ///
  /// Grey pictures keep all 256 levels; colours become the nearest of 6 × 7 × 6 levels of red, green and blue. Throws
  /// `FileError` for pictures of more than 65,535 pixels a side.
  public func gifBytes() throws -> [UInt8] {
    final class Output { var bytes: [UInt8] = [] }
    let output = Output()
    var code: Int32 = 0
    let file = EGifOpen(
      Unmanaged.passUnretained(output).toOpaque(),
      { file, bytes, count in
        guard let file, let bytes, let context = file.pointee.UserData else { return 0 }
        let output = Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
        output.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
        return count
      }, &code)
    guard let file else { throw Self.failure(code) }
    do {
      try write(to: file)
    } catch {
      EGifCloseFile(file, nil)
      throw error
    }
    guard EGifCloseFile(file, &code) == GIF_OK else { throw Self.failure(code) }
    return withExtendedLifetime(output) { output.bytes }
  }

  private func write(to file: UnsafeMutablePointer<GifFileType>) throws {
    let (width, height) = (frames[0].width, frames[0].height)
    guard width <= 65_535, height <= 65_535 else {
      throw Self.failure(Int32(E_GIF_ERR_DATA_TOO_BIG))
    }
    let isGrey = frames.allSatisfy { $0.channels == .grey }
    guard let palette = GifMakeMapObject(256, isGrey ? Self.greys : Self.cube) else {
      throw Self.failure(Int32(E_GIF_ERR_NOT_ENOUGH_MEM))
    }
    defer { GifFreeMapObject(palette) }
    func check(_ status: Int32) throws {
      guard status == GIF_OK else { throw Self.failure(file.pointee.Error) }
    }
    EGifSetGifVersion(file, true)
    try check(EGifPutScreenDesc(file, Int32(width), Int32(height), 8, 0, palette))
    // The extension that browsers know: repeat without end.
    try check(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE))
    try check(EGifPutExtensionBlock(file, 11, Array("NETSCAPE2.0".utf8)))
    try check(EGifPutExtensionBlock(file, 3, [1, 0, 0] as [UInt8]))
    try check(EGifPutExtensionTrailer(file))
    for frame in frames {
      let control: [UInt8] = [0, UInt8(delay & 0xFF), UInt8(delay >> 8 & 0xFF), 0]
      try check(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, control))
      try check(EGifPutImageDesc(file, 0, 0, Int32(width), Int32(height), false, nil))
      var numbers = Self.numbers(frame, isGrey: isGrey)
      for row in 0..<height {
        let status = numbers.withUnsafeMutableBufferPointer {
          EGifPutLine(file, $0.baseAddress.map { $0 + row * width }, Int32(width))
        }
        try check(status)
      }
    }
  }

  /// The number of each pixel's colour in the palette.
  private static func numbers(_ picture: Picture, isGrey: Bool) -> [UInt8] {
    let size = picture.channels.rawValue
    guard !isGrey else { return picture.pixels }
    return stride(from: 0, to: picture.pixels.count, by: size).map { place in
      let red = Int(picture.pixels[place])
      let green = Int(picture.pixels[place + (size == 3 ? 1 : 0)])
      let blue = Int(picture.pixels[place + (size == 3 ? 2 : 0)])
      return UInt8(level(red, 6) * 42 + level(green, 7) * 6 + level(blue, 6))
    }
  }

  /// The nearest of `count` equally spaced levels.
  private static func level(_ value: Int, _ count: Int) -> Int {
    (value * (count - 1) + 127) / 255
  }

  private static let greys = (0..<256).map { number in
    GifColorType(Red: UInt8(number), Green: UInt8(number), Blue: UInt8(number))
  }

  private static let cube = (0..<256).map { number -> GifColorType in
    guard number < 252 else { return GifColorType(Red: 0, Green: 0, Blue: 0) }
    return GifColorType(
      Red: UInt8(number / 42 * 255 / 5), Green: UInt8(number / 6 % 7 * 255 / 6),
      Blue: UInt8(number % 6 * 255 / 5))
  }

  private static func failure(_ code: Int32) -> FileError {
    let reason = GifErrorString(code).map { String(cString: $0) } ?? "code \(code)"
    return FileError(
      path: "film.gif", problem: "cannot be encoded as GIF: \(reason)",
      remedy: "use fewer or smaller pictures")
  }
}
