import Datasets
import Testing
import Torch

@Suite struct GrammarTests {
  @Test func sentencesFollowTheirFactors() throws {
    let grammar = GrammarDataset()
    #expect(grammar.count == 6 * 2 * 5 * 5 * 2 * 2 * 6 * 2 * 4)
    let cases: [([Int], String)] = [
      ([0, 0, 0, 0, 0, 0, 1, 0, 0], "the dog sees the cat"),
      ([0, 1, 0, 0, 0, 0, 1, 1, 0], "the dogs see the cats"),
      ([2, 0, 1, 4, 1, 0, 5, 1, 3], "the small child drew the birds on the hill"),
      ([3, 0, 0, 3, 0, 1, 4, 0, 0], "the farmer does not like the robot"),
      ([3, 1, 4, 1, 1, 1, 0, 0, 2], "the happy farmers did not find the dog near a river"),
    ]
    for (numbers, text) in cases {
      let batch = try grammar.batch([grammar.index(of: numbers)])
      #expect(batch.captions == [text])
      #expect(batch.factors?.scalars(as: Int.self) == numbers)
      let vocabulary = try #require(grammar.schema.vocabulary)
      let length = try #require(batch.extras["lengths"]).integerItem()
      let tokens = batch.examples[0].scalars(as: Int.self)
      #expect(tokens[1..<length - 1].map { vocabulary[$0] }.joined(separator: " ") == text)
      #expect(tokens[0] == 1 && tokens[length - 1] == 2)
      #expect(tokens[length...].allSatisfy { $0 == 0 })
    }
  }

  @Test func everySentenceIsThereOnceAndFits() throws {
    let grammar = GrammarDataset()
    let batch = try grammar.all()
    #expect(Set(batch.captions ?? []).count == grammar.count)
    // The longest rule yields 11 words, so the space is used and never exceeded.
    #expect(batch.extras["lengths"]?.max().integerItem() == grammar.schema.exampleShape[0])
    #expect((batch.examples .== 3).any().item() == 0)
  }
}
