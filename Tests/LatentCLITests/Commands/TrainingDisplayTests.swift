import Foundation
import Glibc
import Testing

@testable import LatentCLI

/// What training shows on a real terminal and elsewhere.
@Suite(.serialized, .enabled(if: LatentProcess.program != nil, "latent is not beside the tests"))
struct TrainingDisplayTests {
  /// All that a short training writes to a terminal of this many columns.
  static func shown(columns: UInt16, _ variables: String...) throws -> String {
    let terminal = try PseudoTerminal(columns: columns)
    // Held open here, so that nothing is lost between the end of the process and the reading.
    let device = open(terminal.path, O_RDWR | O_NOCTTY)
    try withTemporaryFolder { folder in
      let line =
        "exec env \(variables.joined(separator: " ")) TERM=xterm \"$0\" \"$@\" 2>\(terminal.path)"
      let words =
        ["-c", line, LatentProcess.program ?? ""] + smallTraining + ["--epochs", "3"]
      let outcome = try LatentProcess(words, in: folder, program: "/bin/sh").wait()
      #expect(outcome.code == 0)
      #expect(outcome.out.hasPrefix("test elbo "))
    }
    close(device)
    return terminal.text()
  }

  @Test(arguments: [UInt16(40), 20, 200]) func everyLineFitsTheTerminal(columns: UInt16) throws {
    let text = try Self.shown(columns: columns, "-u", "NO_COLOR")
    #expect(text.contains("\u{1B}[36m") || columns < 200, "coloured")
    let frames = text.split(separator: "\r").filter { $0.contains("epoch ") }
    #expect(!frames.isEmpty)
    for frame in frames {
      let line = frame.prefix { $0 != "\n" }.split(separator: "\u{1B}[K")[0]
      #expect(String(line).displayWidth < Int(columns))
    }
    #expect(text.hasSuffix("\r\n\u{1B}[?25h"), "the cursor is back")
    if columns == 200 {
      for part in ["epoch 3/3", "100%", "steps/s", "0:00 left", "elbo", "distortion", "rate"] {
        #expect(text.contains(part))
      }
    }
  }

  @Test func noColorLeavesOutAllColours() throws {
    let text = try Self.shown(columns: 80, "NO_COLOR=1")
    #expect(text.contains("epoch 3/3  [██████████] 100%"))
    #expect(text.firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
  }

  @Test func elsewhereAShortTrainingSaysNothingButItsFolder() throws {
    try withTemporaryFolder { folder in
      let outcome = try LatentProcess(
        smallTraining + ["--epochs", "3", "--name", "run"], in: folder
      ).wait()
      #expect(outcome.error == "run ./run\n")
    }
  }
}
