import Testing

@testable import LatentCLI

struct DisplayWidthTests {
  @Test(arguments: [
    ("latent", 6), ("β-VAE", 5), ("e\u{301}", 1), ("潜在", 4), ("🙂", 2), ("❤️", 2), ("█░…", 3),
    ("", 0), ("\u{1B}[1;31merror:\u{1B}[0m x", 8), ("a\u{200B}b", 2),
  ])
  func width(text: String, columns: Int) { #expect(text.displayWidth == columns) }

  @Test func paddingAndCutting() {
    #expect("β".padded(to: 3) + "|" == "β  |")
    #expect("潜".padded(to: 4, alignment: .right) == "  潜")
    #expect("latent".truncated(to: 6) == "latent")
    #expect("latent".truncated(to: 5) == "late…")
    #expect("潜在変数".truncated(to: 6) == "潜在…")
    #expect("latent".truncated(to: 0) == "")
  }

  @Test func wrapping() {
    #expect("one two three".wrapped(to: 7) == ["one two", "three"])
    #expect("unbreakable it".wrapped(to: 4) == ["unbreakable", "it"])
    #expect("a\n\nb".wrapped(to: 9) == ["a", "", "b"])
    #expect("".wrapped(to: 9) == [""])
  }
}
