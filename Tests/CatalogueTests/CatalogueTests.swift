import Catalogue
import Testing

@Suite struct CatalogueTests {
  @Test func everyPaperIsThereOnceAndInOrder() {
    let ids = Catalogue.papers.map(\.id)
    #expect(ids.count == 353)
    #expect(ids == Set(ids).sorted())
  }

  @Test func everyPaperSaysHowItWorksAndWhenItHolds() {
    for paper in Catalogue.papers {
      #expect(!paper.title.isEmpty && !paper.mechanism.isEmpty && !paper.acceptance.isEmpty)
    }
  }

  @Test func aPaperIsFoundInAnyCase() {
    #expect(Catalogue.paper("p109")?.title == "Auto-Encoding Variational Bayes")
    #expect(Catalogue.paper("P999") == nil)
  }

  @Test func familiesCountAllPapers() {
    #expect(Catalogue.families.reduce(0) { $0 + $1.count } == Catalogue.papers.count)
  }
}
