import Testing

@testable import LatentCLI

struct TableTests {
  var runs: Table {
    var table = Table([
      .text("run"), .number("ELBO", unit: "nat"), .number("seed"), .text("note", wraps: true),
    ])
    table.add(["vae-digits", "-103.21", "1", "the default network of the recipe, unchanged"])
    table.add(["β-vae", "-118.4", "12", ""])
    return table
  }

  @Test func inAFileRowsAreWhole() {
    #expect(
      runs.lines(width: nil).joined(separator: "\n") == """
        run         ELBO [nat]  seed  note
        ──────────────────────────────────────────────────────────────────────────
        vae-digits     -103.21     1  the default network of the recipe, unchanged
        β-vae           -118.4    12
        """)
  }

  @Test func inANarrowTerminalTextWraps() {
    #expect(
      runs.lines(width: 50).joined(separator: "\n") == """
        run         ELBO [nat]  seed  note
        ──────────────────────────────────────────────────
        vae-digits     -103.21     1  the default network
                                      of the recipe,
                                      unchanged
        β-vae           -118.4    12
        """)
  }

  @Test func whatSticksOutIsCutOff() {
    let lines = runs.lines(width: 20)
    #expect(lines.allSatisfy { $0.displayWidth <= 20 })
    #expect(lines[0] == "run         ELBO [n…")
  }

  @Test func headingsHaveTheAccent() {
    let lines = runs.lines(width: 50, palette: Palette(isColoured: true))
    #expect(lines[0] == "\u{1B}[36mrun         ELBO [nat]  seed  note\u{1B}[0m")
    #expect(lines[3].contains("\u{1B}") == false)
  }

  @Test func aRowHasACellAColumn() async {
    await #expect(processExitsWith: .failure) {
      var table = Table([.text("a"), .text("b")])
      table.add(["1"])
    }
  }
}
