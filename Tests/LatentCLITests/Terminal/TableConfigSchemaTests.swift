import LatentCore
import Testing

@testable import LatentCLI

struct TableConfigSchemaTests {
  @Test func keysInATerminal() {
    #expect(
      Table(Keys.schema).lines(width: 80).joined(separator: "\n") == """
        key              value                      default    what it does
        ────────────────────────────────────────────────────────────────────────────────
        beta             a number, at least 0       1          Weight of the rate.
        latent           a whole number, at least   20         Size of the code.
                         1
        hidden           whole numbers separated    400        Widths of the hidden
                         by commas, each from 1 to             layers.
                         65536
        likelihood       one of bernoulli,          bernoulli  Of the pixels.
                         gaussian
        ema              true or false              false      Average the weights.
        note             text                                  Free text.
        schedule.warmup  a whole number, at least   0 steps    Length of the warm-up.
                         0
        """)
  }

  @Test func keysAsJSON() {
    guard case .array(let keys) = Keys.schema.json else { Issue.record("no list"); return }
    #expect(
      keys.last?.text(.compact)
        == #"{"name":"schedule.warmup","type":"int","expected":"a whole number, at least 0","default":0,"unit":"steps","help":"Length of the warm-up."}"#
    )
  }
}
