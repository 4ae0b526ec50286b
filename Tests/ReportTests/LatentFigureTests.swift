import Report
import Testing
import Torch

@Suite struct ThumbnailTests {
  @Test func aSheetHoldsEveryPictureInReadingOrder() throws {
    let batch = Tensor((0..<5).map { Float($0) / 4 }).reshaped([5, 1, 1, 1]).expanded([5, 1, 2, 3])
    let sheet = try ThumbnailSheet(batch)
    #expect(sheet.columns == 3 && sheet.width == 3 && sheet.height == 2)
    #expect(sheet.picture.width == 9 && sheet.picture.height == 4)
    #expect(sheet.picture.pixels[0] == 0 && sheet.picture.pixels[3] == 64)
    // The fifth picture stands second in the second row.
    #expect(sheet.picture.pixels[2 * 9 + 3] == 255)
  }

  @Test func largePicturesAreMadeSmaller() throws {
    let sheet = try ThumbnailSheet(Tensor.ones([2, 3, 128, 64]))
    #expect(sheet.height == 32 && sheet.width == 16)
    #expect(sheet.picture.pixels.allSatisfy { $0 == 255 })
    #expect(throws: PictureError.self) { try ThumbnailSheet(Tensor.ones([0, 1, 2, 2])) }
  }
}
