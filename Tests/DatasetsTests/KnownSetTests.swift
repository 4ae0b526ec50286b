import Datasets
import Foundation
import Testing
import Torch

/// Counts that the sets' authors publish, checked where their files are.
@Suite struct KnownSetTests {
  @Test(.enabled(if: PublicData.has("cora"))) func theCitationGraph() throws {
    let root = ProcessInfo.processInfo.environment["LATENT_DATA"] ?? ""
    let graph = try Cora.load(folder: "\(root)/cora")
    #expect(graph.nodes.count == 2708 && graph.edges.shape == [2, 5278])
    let batch = try graph.nodes.all()
    #expect(batch.examples.shape == [2708, 1433])
    let words = try #require(batch.labels).oneHot(classes: 7).sum(dim: 0)
    #expect(words.scalars(as: Int.self) == [351, 217, 418, 818, 426, 298, 180])
    #expect(batch.examples.sum().item() == 49_216)
    let splits = try DatasetRegistry.open("cora")
    #expect(splits.train.count == 140 && splits.validation?.count == 500)
    #expect(try splits.test().count == 1000)
  }

  @Test(.enabled(if: PublicData.has("names"))) func theNames() throws {
    let splits = try DatasetRegistry.open("names", plan: SplitPlan(validation: 0, test: 1))
    #expect(splits.train.count == 32_032)
    #expect(splits.train.schema.vocabulary?.count == 30)
  }

  @Test(.enabled(if: PublicData.has("reuters"))) func theNews() throws {
    let splits = try DatasetRegistry.open("reuters")
    #expect(splits.train.schema.exampleShape == [4258])
    #expect(try splits.train.count + 40 + splits.test().count == 395)
  }

  @Test(.enabled(if: PublicData.has("ptb"))) func theSentences() throws {
    let splits = try DatasetRegistry.open("ptb:length=40")
    #expect(splits.train.count == 3370)
    #expect(try splits.test().count == 3761)
    #expect(try splits.test().schema == splits.train.schema)
  }
}
