import Datasets
import Foundation
import Testing

@Suite struct DatasetRegistryTests {
  private func problem(_ source: String, dataFolder: String? = nil) -> (DatasetError)? {
    do {
      _ = try DatasetRegistry.open(source, dataFolder: dataFolder)
      return nil
    } catch { return error as? DatasetError }
  }

  @Test func theBuiltInDigitsNeedNoFolder() throws {
    #expect(try DatasetRegistry.open("digits", dataFolder: "/nowhere").train.count == 1257)
  }

  @Test(arguments: [("digit", "digits"), ("mnsit", "mnist"), ("fashion", "fashion-mnist")])
  func aMistypedNameIsAnsweredWithTheNearest(word: String, name: String) throws {
    let error = try #require(problem(word))
    #expect(error.exitCode == 2)
    #expect(
      "\(error)" == "\(word): expected a data set's name or a path, found neither")
    #expect(error.remedy.hasPrefix("did you mean \(name)"))
  }

  @Test func nonsenseGetsNoGuess() throws {
    let error = try #require(problem("qqqqqqqq"))
    #expect(error.remedy == "`latent list datasets` shows all names")
  }

  @Test func aKnownSetThatIsNotHereNamesItsDownload() throws {
    let error = try #require(problem("mnist", dataFolder: "/nowhere"))
    #expect(error.exitCode == 3)
    #expect("\(error)" == "mnist: expected the folder /nowhere/mnist, found none")
    #expect(
      error.remedy == "download the set from https://ossci-datasets.s3.amazonaws.com/mnist/ "
        + "into that folder")
  }

  @Test func aPathThatDoesNotExistIsNotGuessedAt() throws {
    let error = try #require(problem("./no/such.idx"))
    #expect(error.exitCode == 3)
    #expect("\(error)" == "./no/such.idx: there is no such file or folder")
  }

  @Test func namesAreDistinctAndEverySetNamesItsOrigin() {
    let entries = DatasetRegistry.entries
    #expect(Set(entries.map(\.name)).count == entries.count)
    #expect(entries.allSatisfy { !$0.summary.isEmpty && !$0.origin.isEmpty })
  }
}
