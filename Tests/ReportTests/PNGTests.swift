import Foundation
import Report
import Testing
import Torch

@Suite struct PNGTests {
  static let sizes = [(1, 1), (7, 3), (64, 64), (253, 97)]

  static func noise(_ width: Int, _ height: Int, _ channels: Picture.Channels) -> Picture {
    var state: UInt32 = 7
    let pixels = (0..<width * height * channels.rawValue).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    return Picture(width: width, height: height, channels: channels, pixels: pixels)
  }

  @Test(arguments: sizes, [Picture.Channels.grey, .rgb])
  func readingGivesBackWhatWasWritten(size: (Int, Int), channels: Picture.Channels) throws {
    let picture = Self.noise(size.0, size.1, channels)
    try withTemporaryFolder { folder in
      try picture.write(to: "\(folder)/noise.png")
      #expect(try Picture(path: "\(folder)/noise.png") == picture)
    }
  }

  @Test(arguments: [Picture.Channels.grey, .rgb])
  func anotherDecoderFindsTheSamePixels(channels: Picture.Channels) throws {
    let picture = Self.noise(31, 17, channels)
    try withTemporaryFolder { folder in
      try picture.write(to: "\(folder)/noise.png")
      let lines = try python("decode_png.py", ["\(folder)/noise.png"]).split(separator: "\n")
      #expect(lines[0] == "31 17 \(channels.rawValue)")
      let hex = picture.pixels.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      #expect(lines[1] == hex)
    }
  }

  @Test func equalPicturesGiveEqualBytes() throws {
    let picture = Self.noise(40, 30, .rgb)
    #expect(try picture.pngBytes() == picture.pngBytes())
  }

  @Test func aPictureOverTheLimitIsRefusedBeforeDecoding() throws {
    // The pixels are cut off, so decoding them would complain of something else.
    let bytes = Array(try Self.noise(300, 200, .grey).pngBytes().prefix(2000))
    let error = #expect(throws: FileError.self) {
      try Picture(pngBytes: bytes, name: "wide.png", pixelLimit: 59_999)
    }
    #expect(error?.problem == "expected at most 59999 pixels, found 300 × 200")
    #expect(error?.path == "wide.png")
  }

  @Test func brokenFilesAreRefused() throws {
    var bytes = try Self.noise(300, 200, .grey).pngBytes()
    #expect(throws: FileError.self) { try Picture(pngBytes: Array(bytes.prefix(2000))) }
    #expect(throws: FileError.self) { try Picture(pngBytes: Array("GIF89a".utf8)) }
    #expect(throws: FileError.self) { try Picture(pngBytes: []) }
    bytes[20] = 0
    bytes[21] ^= 0x40
    #expect(throws: FileError.self) { try Picture(pngBytes: bytes) }
  }

  @Test func everyCutOffFileIsRefusedOrWhole() throws {
    let picture = Self.noise(9, 9, .rgb)
    let bytes = try picture.pngBytes()
    for count in 0..<bytes.count - 16 {
      #expect(throws: FileError.self) { try Picture(pngBytes: Array(bytes.prefix(count))) }
    }
  }

  @Test func aFailedWriteNamesThePlaceAndLeavesNothing() throws {
    try withTemporaryFolder { folder in
      let missing = "\(folder)/none/picture.png"
      let error = #expect(throws: FileError.self) {
        try Self.noise(2, 2, .grey).write(to: missing)
      }
      #expect(error?.path == missing)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }
}
