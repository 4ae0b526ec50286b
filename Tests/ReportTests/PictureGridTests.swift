import Report
import Testing
import Torch

@Suite struct PictureGridTests {
  /// Picture i of the batch is all of brightness i / 10.
  private func batch(_ count: Int, size: Int = 8) -> Tensor {
    (Tensor.arange(count, dtype: .float32) / 10).reshaped([count, 1, 1, 1])
      .expanded([count, 1, size, size])
  }

  /// The brightness in the middle of a cell of a sheet without labels and groups.
  private func cell(_ sheet: Picture, _ row: Int, _ column: Int, side: Int, gap: Int) -> UInt8 {
    sheet[
      gap + column * (side + gap) + side / 2, gap + row * (side + gap) + side / 2
    ].red
  }

  @Test func smallDigitsGrowToAVisibleSize() throws {
    let grid = try PictureGrid(batch(6), columns: 3)
    #expect(grid.effectiveScale == 6)
    let sheet = grid.picture()
    #expect(sheet.width == 3 * 48 + 4 * 2)
    #expect(sheet.height == 2 * 48 + 3 * 2)
    #expect(sheet[0, 0] == .grey(56))
    for place in 0..<6 {
      let expected = UInt8((Double(place) * 25.5 + 0.5))
      #expect(cell(sheet, place / 3, place % 3, side: 48, gap: 2) == expected)
    }
  }

  @Test func columnsFollowTheCountAndTheLastRowMayEndEarly() throws {
    let grid = try PictureGrid(batch(7, size: 64))
    #expect(grid.rows.map(\.count) == [3, 3, 1])
    #expect(grid.effectiveScale == 1)
    let sheet = grid.picture()
    #expect(cell(sheet, 2, 1, side: 64, gap: 2) == 56)
  }

  @Test func originalsStandAboveTheirReconstructions() throws {
    let originals = batch(4)
    var grid = try PictureGrid(stacking: [originals, originals + 0.5], columns: 2)
    grid.scale = 1
    let sheet = grid.picture()
    let brightness = [5, 15, 29, 39].map { sheet[5, $0].red }
    // The second pair stands lower by one cell, its gap and the wider gap between pairs.
    #expect(brightness == [0, 128, 51, 179])
    #expect(sheet.height == 4 * 8 + 5 * 2 + 4)
  }

  @Test func labelsStandBesideTheirRows() throws {
    var grid = try PictureGrid(
      traversals: batch(6).reshaped([2, 3, 1, 8, 8]), labels: ["z1", "z12"])
    let labelled = grid.picture()
    grid.labels = []
    let plain = grid.picture()
    let margin = 4 + 17 * 2
    #expect(labelled.width == plain.width + margin)
    let inked = (0..<2).map { row in
      (0..<48).map { y in
        (0..<margin).filter { labelled[$0, 2 + row * 50 + y] != .grey(56) }.count
      }.reduce(0, +)
    }
    #expect(inked[0] > 0 && inked[1] > inked[0])
    #expect(labelled[margin + 10, 10] == plain[10, 10])
  }

  @Test func oneColouredCellMakesTheSheetColoured() throws {
    let cells = [
      Picture(width: 1, height: 1, color: .grey(3)),
      Picture(width: 1, height: 1, color: .notANumber),
    ]
    var grid = try PictureGrid(rows: [cells])
    (grid.scale, grid.gap) = (1, 0)
    #expect(grid.picture().pixels == [3, 3, 3, 255, 0, 255])
  }

  @Test func impossibleSheetsAreRefused() {
    #expect(throws: PictureError.self) { try PictureGrid(rows: []) }
    #expect(throws: PictureError.self) { try PictureGrid(Tensor.zeros([4, 4])) }
    #expect(throws: PictureError.self) { try PictureGrid(Tensor.zeros([0, 1, 4, 4])) }
    #expect(throws: PictureError.self) {
      try PictureGrid(
        stacking: [Tensor.zeros([4, 1, 2, 2]), Tensor.zeros([3, 1, 2, 2])], columns: 2)
    }
    #expect(throws: PictureError.self) {
      try PictureGrid(traversals: Tensor.zeros([2, 3, 1, 4, 4]), labels: ["z1"])
    }
  }
}
