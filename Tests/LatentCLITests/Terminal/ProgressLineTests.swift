import Testing

@testable import LatentCLI

struct ProgressLineTests {
  /// What a line writes with a clock that the test moves.
  final class Scene {
    var time = 1000.0
    var written = ""
    var termsRead = 0

    func line(_ goal: ProgressLine.Goal, isInteractive: Bool) -> ProgressLine {
      ProgressLine(
        goal: goal, device: TerminalDevice(descriptor: -1), isInteractive: isInteractive,
        palette: .plain, write: { self.written += $0 }, now: { self.time })
    }

    func terms() -> [ProgressState.Term] {
      termsRead += 1
      return [.init("loss", 2.5, unit: "nat")]
    }
  }

  @Test func isDrawnTenTimesASecondAndAtTheEnd() {
    let scene = Scene()
    let line = scene.line(.steps(1000), isInteractive: true)
    for step in 1...1000 {
      scene.time += 0.001
      line.update(step: step, label: "epoch 1/1", terms: scene.terms())
    }
    line.finish()
    #expect((10...11).contains(scene.termsRead))
    #expect(
      scene.written.hasPrefix("\u{1B}[?25l\repoch 1/1  [░░░░░░░░░░] 0%  loss 2.5000 nat\u{1B}[K"))
    #expect(
      scene.written.hasSuffix(
        "\repoch 1/1  [██████████] 100%  1,000 steps/s  0:00 left  loss 2.5000 nat\u{1B}[K\n\u{1B}[?25h"
      ))
  }

  @Test func notesAppearAbove() {
    let scene = Scene()
    let line = scene.line(.seconds(100), isInteractive: true)
    scene.time += 50
    line.update(step: 1)
    scene.written = ""
    line.note("saved")
    #expect(
      scene.written
        == "\r\u{1B}[K\u{1B}[?25hsaved\n\u{1B}[?25l\r[█████░░░░░] 50%  0:50 left\u{1B}[K")
  }

  @Test func withoutATerminalItIsSilentForAMinute() {
    let scene = Scene()
    let line = scene.line(.steps(100_000), isInteractive: false)
    for step in 1...601 {
      scene.time += 0.1
      line.update(step: step, terms: scene.terms())
      if step == 590 { #expect(scene.written == "") }
    }
    line.finish()
    #expect(scene.written == "[░░░░░░░░░░] 0%  10.0 steps/s  2:45:39 left  loss 2.5000 nat\n")
    #expect(scene.termsRead == 1)
  }

  @Test func aStateOfTheCallersIsDrawn() {
    let scene = Scene()
    let line = scene.line(.unknown, isInteractive: true)
    for percent in 1...99 {
      scene.time += 0.01
      line.update(ProgressState(label: "a", fraction: Double(percent) / 100, terms: scene.terms()))
    }
    #expect((9...10).contains(scene.termsRead))
    scene.written = ""
    line.finish(ProgressState(label: "a", fraction: 1))
    #expect(scene.written == "\ra  [██████████] 100%\u{1B}[K\n\u{1B}[?25h")
  }

  @Test func withoutATerminalTheLastStateIsSilent() {
    let scene = Scene()
    scene.line(.unknown, isInteractive: false).finish(ProgressState(label: "a"))
    #expect(scene.written == "")
  }

  @Test func whatWasNeverDrawnLeavesNothing() {
    let scene = Scene()
    scene.line(.unknown, isInteractive: true).finish()
    #expect(scene.written == "")
  }

  @Test func theCursorComesBackWhenTheLineIsForgotten() {
    let scene = Scene()
    do {
      let line = scene.line(.unknown, isInteractive: true)
      line.update(step: 1, label: "x")
    }
    #expect(scene.written == "\u{1B}[?25l\rx\u{1B}[K\n\u{1B}[?25h")
  }

  @Test func aConsoleKeepsNotesAndResultsApart() {
    var out = ""
    var error = ""
    let console = Console(isJSON: false, out: { out += $0 }, error: { error += $0 })
    let line = console.progress(.steps(3))
    line.update(step: 1)
    console.note("note")
    console.print("result")
    console.finish()
    #expect(out == "result\n")
    #expect(error == "note\n")
  }
}
