import Datasets
import Testing
import Torch

@Suite struct TextTests {
  @Test func linesBecomeNumberedTokens() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("the cat\nthe dog sat\r\n\nthe cat\n", "x.txt")
    let set = try TokenDataset.reading(path, TextReading(level: .word), name: "x")
    #expect(
      set.schema.vocabulary == ["<pad>", "<bos>", "<eos>", "<unk>", "the", "cat", "dog", "sat"])
    let batch = try set.all()
    #expect(batch.examples.dtype == .int64)
    #expect(
      batch.examples.scalars(as: Int.self)
        == [1, 4, 5, 2, 0, 1, 4, 6, 7, 2, 1, 4, 5, 2, 0])
    #expect(batch.extras["lengths"]?.scalars(as: Int.self) == [4, 5, 4])
    #expect(batch.captions == ["the cat", "the dog sat", "the cat"])
  }

  @Test func rareTokensAreUnknownAndLongLinesAreCut() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("aab\nabbbb\n", "x.txt")
    let reading = TextReading(level: .character, length: 3, vocabularySize: 1)
    let set = try TokenDataset.reading(path, reading, name: "x")
    #expect(try set.all().examples.scalars(as: Int.self) == [1, 3, 3, 4, 2, 1, 3, 4, 4, 2])
  }

  @Test func bytesThatAreNoTextNameTheirLine() throws {
    #expect {
      try TextFile.lines(memory([0x61, 0x0A, 0xFF, 0x0A], "x.txt"))
    } throws: { "\($0)" == "x.txt: line 2: expected UTF-8, found other bytes" }
  }

  @Test func noMutationCrashes() {
    expectOnlyRefusals(mutating: Array("ab\ncdé\r\n\nx".utf8), count: 2000) {
      try TextFile.lines(memory($0))
    }
  }

  @Test(
    arguments: [
      ("2 0:1 2:3", nil),
      ("3 0:1 2:3", "line 1: expected the number of its pairs first, found '3'"),
      ("1 0:1\n  \n", "line 2: expected the number of its pairs first, found ''"),
      ("1 3:1", "line 1: expected a new word below 3 and its count, found '3:1'"),
      ("2 1:1 1:1", "line 1: expected a new word below 3 and its count, found '1:1'"),
      ("1 1:0", "line 1: expected a new word below 3 and its count, found '1:0'"),
    ] as [(String, String?)]) func wordCounts(text: String, why: String?) throws
  {
    let file = memory(Array(text.utf8), "x.ldac")
    if let why {
      #expect {
        try LDAC.read(file, words: 3)
      } throws: { ($0 as? FileError)?.problem == why }
    } else {
      #expect(try LDAC.read(file, words: 3).scalars(as: Int.self) == [1, 0, 3])
    }
  }

  @Test func noMutatedCountsCrash() {
    expectOnlyRefusals(mutating: Array("2 0:1 2:3\n1 1:9\n".utf8), count: 2000) {
      try LDAC.read(memory($0), words: 3)
    }
  }
}
