import Report
import Testing
import Torch
import _TestSupport

@Suite struct PictureTests {
  @Test func numbersBecomeTheNearestByteAndAreClamped() throws {
    let picture = try Picture(Tensor([[0, 0.5, 1], [-3, 7, 0.25]]))
    #expect(picture.channels == .grey)
    #expect(picture.pixels == [0, 128, 255, 0, 255, 64])
  }

  @Test func infinitiesAreClampedAndNaNIsMarked() throws {
    let picture = try Picture(Tensor([[.nan, .infinity, -.infinity]]))
    #expect(picture.channels == .rgb)
    #expect(picture[0, 0] == .notANumber)
    #expect(picture[1, 0] == .grey(255))
    #expect(picture[2, 0] == .grey(0))
  }

  @Test func oneNaNOfThreeChannelsMarksThePixel() throws {
    let tensor = Tensor([0, 1, .nan, 1, 0, 1] as [Double]).reshaped([3, 1, 2])
    let picture = try Picture(tensor)
    #expect(picture[0, 0] == .notANumber)
    #expect(picture[1, 0] == .grey(255))
  }

  @Test func channelsComeFirstInTensorsAndLastInPixels() throws {
    let tensor = Tensor.arange(12, dtype: .uint8).reshaped([3, 2, 2])
    let picture = try Picture(tensor)
    #expect(picture.pixels == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    expectClose(picture.tensor(), tensor.to(.float32) / 255)
  }

  @Test func truthValuesAreBlackAndWhite() throws {
    #expect(try Picture(Tensor([[0, 1]]) .> 0.5).pixels == [0, 255])
  }

  @Test(arguments: [[4], [2, 3, 3], [1, 1, 2, 2], [0, 3], [4, 2, 2]])
  func otherShapesAreRefusedWithTheirSizes(shape: [Int]) throws {
    let error = #expect(throws: PictureError.self) { try Picture(Tensor.zeros(shape)) }
    #expect(error?.problem.hasSuffix("found \(shape)") == true)
  }

  @Test func integersAreRefusedWithTheirType() {
    let error = #expect(throws: PictureError.self) {
      try Picture(Tensor.zeros([2, 2], dtype: .int64))
    }
    #expect(error?.problem.contains("int64") == true)
  }

  @Test func scalingRepeatsEachPixelInASquare() {
    let picture = Picture(width: 2, height: 1, channels: .grey, pixels: [1, 2]).scaled(by: 2)
    #expect(picture.pixels == [1, 1, 2, 2, 1, 1, 2, 2])
  }

  @Test func pastingCutsOffWhatSticksOut() {
    var sheet = Picture(width: 3, height: 2, color: .grey(9))
    sheet.paste(Picture(width: 2, height: 2, channels: .grey, pixels: [1, 2, 3, 4]), x: -1, y: 1)
    sheet.paste(Picture(width: 2, height: 2, channels: .grey, pixels: [5, 6, 7, 8]), x: 2, y: -1)
    #expect(sheet.pixels == [9, 9, 7, 2, 9, 9])
  }
}
