import Glibc
import Testing

@testable import LatentCLI

/// A real pseudo-terminal, with the line in a process of its own.
struct TerminalTests {
  static let show = "\u{1B}[?25h"
  static let hide = "\u{1B}[?25l"

  @Test func theLineFollowsTheWidthOfTheTerminal() async throws {
    let terminal = try PseudoTerminal(columns: 60)
    await #expect(processExitsWith: .success) { [path = terminal.path as String] in
      let device = TerminalDevice(descriptor: openTerminal(path))
      precondition(device.isInteractive && device.isColoured && device.columns == 60)
      let terms: [ProgressState.Term] = [.init("ELBO", -103.2149, unit: "nat")]
      let line = ProgressLine(goal: .steps(1000), device: device)
      line.update(step: 1, label: "epoch 3/30", terms: terms)
      var size = winsize(ws_row: 24, ws_col: 20, ws_xpixel: 0, ws_ypixel: 0)
      precondition(ioctl(device.descriptor, UInt(TIOCSWINSZ), &size) == 0)
      line.note("resized")
      line.finish()
      close(device.descriptor)
      exit(0)
    }
    let accent = "\u{1B}[36m"
    let dim = "\u{1B}[2m"
    let plain = "\u{1B}[0m"
    let wide =
      "epoch 3/30  \(accent)[░░░░░░░░░░]\(plain) 0%  "
      + "\(dim)ELBO \(plain)\(accent)-103.21\(plain)\(dim) nat\(plain)"
    #expect(
      terminal.text()
        == "\(Self.hide)\r\(wide)\u{1B}[K" + "\r\u{1B}[K\(Self.show)resized\r\n"
        + "\(Self.hide)\repoch 3/30  0%\u{1B}[K" + "\r\n\(Self.show)")
  }

  @Test func noColorIsRespected() async throws {
    let terminal = try PseudoTerminal(columns: 100)
    await #expect(processExitsWith: .success) { [path = terminal.path as String] in
      let device = TerminalDevice(descriptor: openTerminal(path, noColor: true))
      let line = ProgressLine(goal: .steps(2), device: device)
      line.update(step: 1, label: "a", terms: [.init("loss", 1)])
      line.finish()
      exit(0)
    }
    #expect(
      terminal.text() == "\(Self.hide)\ra  [█████░░░░░] 50%  loss 1.0000\u{1B}[K\r\n\(Self.show)")
  }

  @Test func aSignalThatEndsTheProcessShowsTheCursor() async throws {
    let terminal = try PseudoTerminal(columns: 100)
    await #expect(processExitsWith: .signal(SIGTERM)) { [path = terminal.path as String] in
      let device = TerminalDevice(descriptor: openTerminal(path))
      let line = ProgressLine(goal: .unknown, device: device)
      line.update(step: 1, label: "a")
      kill(getpid(), SIGTERM)
      sleep(10)
      line.finish()
    }
    #expect(terminal.text() == "\(Self.hide)\ra\u{1B}[K\(Self.show)\r\r\n")
  }

  @Test func exitShowsTheCursor() async throws {
    let terminal = try PseudoTerminal(columns: 100)
    await #expect(processExitsWith: .exitCode(3)) { [path = terminal.path as String] in
      let device = TerminalDevice(descriptor: openTerminal(path))
      let line = ProgressLine(goal: .unknown, device: device)
      line.update(step: 1, label: "a")
      exit(3)
    }
    #expect(terminal.text().hasSuffix("\(Self.show)\r\r\n"))
  }

  @Test func handlersOfTheProgramAreLeftAlone() async {
    await #expect(processExitsWith: .exitCode(7)) {
      let terminal = try PseudoTerminal(columns: 100)
      let device = TerminalDevice(descriptor: openTerminal(terminal.path))
      signal(SIGINT) { _ in _exit(7) }
      let line = ProgressLine(goal: .unknown, device: device)
      line.update(step: 1, label: "a")
      line.finish()
      kill(getpid(), SIGINT)
      sleep(10)
    }
  }

  @Test func whatIsNoTerminalIsNotInteractive() {
    let null = TerminalDevice(descriptor: open("/dev/null", O_RDWR))
    #expect(!null.isInteractive && !null.isColoured && null.columns == 80)
    close(null.descriptor)
  }
}
