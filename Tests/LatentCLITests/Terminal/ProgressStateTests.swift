import Testing

@testable import LatentCLI

struct ProgressStateTests {
  let state = ProgressState(
    label: "epoch 3/30", fraction: 0.6149, rate: 2310.4, secondsLeft: 12.8,
    terms: [
      .init("ELBO", -103.2149, unit: "nat"), .init("distortion", 78.04, unit: "nat"),
      .init("rate", 25.17, unit: "nat"), .init("temperature", 0.5),
    ])

  @Test(arguments: [
    (
      200,
      "epoch 3/30  [██████░░░░] 61%  2,310 steps/s  0:12 left  ELBO -103.21 nat  distortion 78.0  rate 25.2  temperature 0.500"
    ),
    (
      104,
      "epoch 3/30  [██████░░░░] 61%  2,310 steps/s  0:12 left  ELBO -103.21 nat  distortion 78.0  rate 25.2"
    ),
    (
      99,
      "epoch 3/30  [██████░░░░] 61%  2,310 steps/s  0:12 left  ELBO -103.21 nat  distortion 78.0"
    ),
    (80, "epoch 3/30  [██████░░░░] 61%  2,310 steps/s  0:12 left  ELBO -103.21 nat"),
    (70, "epoch 3/30  61%  2,310 steps/s  0:12 left  ELBO -103.21 nat"),
    (50, "epoch 3/30  61%  0:12 left  ELBO -103.21 nat"),
    (40, "epoch 3/30  61%  0:12 left"),
    (20, "epoch 3/30  61%"),
    (8, "epoch 3…"),
  ])
  func fitsTheWidth(width: Int, line: String) {
    #expect(state.line(width: width) == line)
    #expect(line.displayWidth <= width)
  }

  @Test func colouringChangesNoColumn() {
    let coloured = state.line(width: 100, palette: Palette(isColoured: true))
    #expect(coloured.displayWidth == state.line(width: 100).displayWidth)
    #expect(coloured.contains("\u{1B}[36m-103.21\u{1B}[0m"))
  }

  @Test func whatIsNotKnownIsLeftOut() {
    #expect(ProgressState().line(width: 80) == "")
    #expect(
      ProgressState(label: "reading", rate: 12.34, unit: "files").line(width: 80)
        == "reading  12.3 files/s")
    #expect(ProgressState(fraction: 1.2).line(width: 80) == "[██████████] 100%")
    #expect(ProgressState(fraction: 0.999).line(width: 80) == "[█████████░] 99%")
    #expect(
      ProgressState(terms: [.init("loss", .nan), .init("KL", 0.001, unit: "nat")]).line(width: 80)
        == "loss nan  KL 0.00100 nat")
  }
}
