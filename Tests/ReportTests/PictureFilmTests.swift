import CGIF
import Report
import Testing
import Torch

/// Films, read back by the format's own library.
@Suite struct PictureFilmTests {
  /// The frames of a GIF file as colours, and how long the first is shown.
  private func read(_ bytes: [UInt8]) -> (frames: [[Picture.Color]], delay: Int) {
    final class Input {
      var rest: ArraySlice<UInt8>
      init(_ bytes: [UInt8]) { rest = bytes[...] }
    }
    let input = Input(bytes)
    var code: Int32 = 0
    let file = DGifOpen(
      Unmanaged.passUnretained(input).toOpaque(),
      { file, place, count in
        guard let file, let place, let context = file.pointee.UserData else { return 0 }
        let input = Unmanaged<Input>.fromOpaque(context).takeUnretainedValue()
        let part = input.rest.prefix(Int(count))
        for (offset, byte) in part.enumerated() { place[offset] = byte }
        input.rest = input.rest.dropFirst(part.count)
        return Int32(part.count)
      }, &code)
    guard let file, DGifSlurp(file) == GIF_OK, let map = file.pointee.SColorMap else {
      return ([], 0)
    }
    defer { DGifCloseFile(file, nil) }
    let area = Int(file.pointee.SWidth * file.pointee.SHeight)
    let frames = (0..<Int(file.pointee.ImageCount)).map { index in
      (0..<area).map { place in
        let color = map.pointee.Colors[Int(file.pointee.SavedImages[index].RasterBits[place])]
        return Picture.Color(color.Red, color.Green, color.Blue)
      }
    }
    var control = GraphicsControlBlock()
    DGifSavedExtensionToGCB(file, 0, &control)
    return withExtendedLifetime(input) { (frames, Int(control.DelayTime)) }
  }

  @Test func greysComeBackAsTheyWere() throws {
    let frames = (0..<3).map { frame in
      Picture(
        width: 16, height: 20, channels: .grey,
        pixels: (0..<320).map { UInt8(truncatingIfNeeded: $0 * 7 + frame * 31) })
    }
    let bytes = try PictureFilm(frames).gifBytes()
    let found = read(bytes)
    #expect(bytes.starts(with: Array("GIF89a".utf8)) && found.delay == 12)
    #expect(found.frames == frames.map { frame in frame.pixels.map { Picture.Color.grey($0) } })
    #expect(String(decoding: bytes, as: UTF8.self).contains("NETSCAPE2.0"))
  }

  @Test func coloursComeBackNearly() throws {
    let pixels = (0..<3 * 64).map { UInt8(truncatingIfNeeded: $0 * 37) }
    let picture = Picture(width: 8, height: 8, channels: .rgb, pixels: pixels)
    let found = read(try PictureFilm([picture]).gifBytes()).frames[0]
    for (place, color) in found.enumerated() {
      let wanted = picture[place % 8, place / 8]
      // Half a step of the coarsest channel.
      for (a, b) in [
        (color.red, wanted.red), (color.green, wanted.green), (color.blue, wanted.blue),
      ] {
        #expect(abs(Int(a) - Int(b)) <= 26)
      }
    }
  }
}
