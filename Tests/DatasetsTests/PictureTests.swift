import Datasets
import Testing
import Torch

@Suite struct PictureTests {
  private func decode(_ name: String, grey: Bool) throws -> Picture {
    try Picture.decode(memory(golden(name), name), grey: grey)
  }

  private let greys = (0..<24).map { UInt8(10 * $0) }

  private let rgb: [UInt8] = (0..<24).flatMap { place -> [UInt8] in
    let (x, y) = (UInt8(place % 6), UInt8(place / 6))
    return [40 * x, 60 * y, 255 - 40 * x]
  }

  @Test func pngPixelsAreExact() throws {
    let colour = try decode("rgb.png", grey: false)
    #expect(colour.width == 6 && colour.height == 4 && colour.channels == 3)
    #expect(colour.bytes == rgb)
    #expect(try decode("grey.png", grey: true).bytes == greys)
  }

  @Test func pngVariantsBecomeBytes() throws {
    #expect(try decode("grey16.png", grey: true).bytes == greys)
    let row = Array(rgb[36..<54])
    #expect(try decode("palette.png", grey: false).bytes == row + row + row + row)
    let grey = try decode("grey.png", grey: false).bytes
    #expect(grey == greys.flatMap { [$0, $0, $0] })
  }

  @Test func transparencyIsLaidOnWhite() throws {
    let bytes = try decode("rgba.png", grey: false).bytes
    for place in 0..<24 {
      let expected = place % 6 < 3 ? Array(rgb[3 * place..<3 * place + 3]) : [255, 255, 255]
      #expect(Array(bytes[3 * place..<3 * place + 3]) == expected)
    }
  }

  @Test(arguments: ["rgb.jpg", "progressive.jpg"]) func jpegPixelsAreClose(name: String) throws {
    let picture = try decode(name, grey: false)
    #expect(picture.width == 32 && picture.height == 24)
    var worst = 0
    for y in 0..<24 {
      for x in 0..<32 {
        let expected = [8 * x, 10 * y, 255 - 8 * x]
        for channel in 0..<3 {
          let found = Int(picture.bytes[3 * (y * 32 + x) + channel])
          worst = max(worst, abs(found - expected[channel]))
        }
      }
    }
    // Quality 95 of a linear ramp.
    #expect(worst <= 6)
  }

  @Test func headsTellSizeAndColour() throws {
    for (name, isGrey) in [("grey.png", true), ("rgb.png", false), ("palette.png", false)] {
      let head = try Picture.head(memory(golden(name)))
      #expect(head.width == 6 && head.height == 4 && head.isGrey == isGrey)
    }
    for (name, isGrey) in [("grey.jpg", true), ("rgb.jpg", false)] {
      let head = try Picture.head(memory(golden(name)))
      #expect(head.width == 32 && head.height == 24 && head.isGrey == isGrey)
    }
  }

  @Test(arguments: ["rgb.png", "rgb.jpg", "progressive.jpg", "grey.jpg"])
  func everyPrefixIsRefused(name: String) throws {
    let whole = try golden(name)
    // A JPEG may lack its end mark and a PNG its end chunk without losing a pixel.
    for count in stride(from: 0, to: whole.count - 16, by: 3) {
      #expect(throws: FileError.self) {
        try Picture.decode(memory(Array(whole[..<count])), grey: false)
      }
    }
  }

  @Test func aSmallFileMayNotClaimAHugeImage() throws {
    var bytes = try golden("rgb.jpg")
    let frame = try #require(bytes.indices.first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC0 })
    bytes.replaceSubrange(frame + 5..<frame + 9, with: [0x3F, 0xFF, 0x3F, 0xFF])
    #expect {
      try Picture.decode(memory(bytes, "x.jpg"), grey: false)
    } throws: {
      "\($0)".hasPrefix("x.jpg: is no readable image: its 16383×16383 pixels are more than")
    }
  }

  @Test(arguments: ["rgb.png", "palette.png", "grey16.png", "rgb.jpg", "progressive.jpg"])
  func noMutationCrashes(name: String) throws {
    expectOnlyRefusals(mutating: try golden(name), count: 1500) {
      try Picture.decode(memory($0), grey: false)
    }
  }
}
