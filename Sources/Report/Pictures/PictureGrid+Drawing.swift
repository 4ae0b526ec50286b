extension PictureGrid {
  /// The factor by which cells grow: `scale`, or the least that makes their longer side 48 pixels.
  public var effectiveScale: Int {
    if let scale { return Swift.max(1, scale) }
    return Swift.max(1, (48 + longerSide - 1) / longerSide)
  }

  /// The whole sheet as one picture, coloured as soon as one cell or the background is.
  public func picture() -> Picture {
    let factor = effectiveScale
    let letter = 2
    let margin =
      labels.isEmpty
      ? 0 : gap * 2 + (labels.map { LabelFont.width(of: $0) }.max() ?? 0) * letter
    let cell = rows.joined().first.map { ($0.width * factor, $0.height * factor) } ?? (1, 1)
    let columns = rows.map(\.count).max() ?? 0
    let tops = rows.indices.map { row in
      gap + row * (cell.1 + gap) + (groupSize > 1 ? row / groupSize * gap * 2 : 0)
    }
    let isColored = !background.isGrey || rows.joined().contains { $0.channels == .rgb }
    var sheet = Picture(
      width: margin + gap + columns * (cell.0 + gap),
      height: (tops.last ?? 0) + cell.1 + gap, color: background,
      channels: isColored ? .rgb : .grey)
    for (row, top) in zip(rows, tops) {
      for (column, picture) in row.enumerated() {
        sheet.paste(
          picture.scaled(by: factor), x: margin + gap + column * (cell.0 + gap), y: top)
      }
    }
    for (label, top) in zip(labels, tops) {
      LabelFont.draw(
        label, into: &sheet, x: gap * 2, y: top + (cell.1 - LabelFont.height * letter) / 2,
        scale: letter, color: ink)
    }
    return sheet
  }

  private var longerSide: Int {
    rows.joined().first.map { Swift.max($0.width, $0.height) } ?? 1
  }

  /// Dark on light, light on dark.
  private var ink: Picture.Color {
    let brightness = Int(background.red) + Int(background.green) + Int(background.blue)
    return .grey(brightness > 382 ? 40 : 230)
  }
}
