import LatentCore
import Testing

@Suite struct CitationTests {
  @Test func aLineSaysWhatIsKnown() {
    #expect(Citation(authors: "A", title: "T", year: 1999).text == "A (1999). T.")
    let full = Citation(
      authors: "A & B", title: "T", year: 1999, arXiv: "1", doi: "2", venue: "V", place: "eq. 3")
    #expect(full.text == "A & B (1999). T. V, arXiv:1, doi:2, eq. 3")
  }

  @Test(arguments: [
    ("Kingma & Welling", "Auto-Encoding Variational Bayes", "kingma2000autoencoding"),
    ("Chen et al.", "On the 3 Ways of Life", "chen2000ways"),
    ("van den Oord, Vinyals & Kavukcuoglu", "A B", "oord2000a"),
    ("Müller", "Über", "mller2000ber"), ("", "", "unknown2000"),
  ])
  func keysArePlainWords(authors: String, title: String, key: String) {
    #expect(Citation(authors: authors, title: title, year: 2000).key == key)
  }

  @Test func anEntryEscapesWhatLaTeXWouldRead() {
    let citation = Citation(
      authors: "A, B & C et al.", title: #"50% of $x_1$ & #2 {y}"#, year: 2001, doi: "10.1/a_b")
    #expect(
      citation.bibTeX(key: "k") == ##"""
        @misc{k,
          author = {A and B and C and others},
          title = {{50\% of \$x\_1\$ \& \#2 \{y\}}},
          year = {2001},
          doi = {10.1/a_b}
        }
        """##)
  }
}
