import Datasets
import LatentCore
import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@testable import LatentModels

@Suite struct GRUVAETests {
  static func made(_ shape: [Int] = [3, 7], kind: DatasetSchema.Kind = .series) throws
    -> VariationalMethod
  {
    let recipe = GRUVAERecipe()
    var config = Config(recipe.settings)
    try config.set("hidden=8")
    try config.set("latent=2")
    let method = try recipe.make(
      config, data: DatasetSchema(kind, shape: shape), using: Generator(seed: 1))
    return try #require(method as? VariationalMethod)
  }

  @Test(arguments: [[7], [3, 7], [2, 3, 7]]) func whatStandsBeforeTimeIsChannels(shape: [Int])
    throws
  {
    let method = try Self.made(shape)
    let x = Tensor.randn([4] + shape, using: Generator(seed: 2))
    #expect(method.encode(x).shape == [4, 2])
    #expect(method.decode(method.encode(x)).shape == [4] + shape)
  }

  /// What is read first reaches the code through the state alone, and what is read last through one step.
  @Test func theReaderGivesTheLastState() throws {
    let reader = SeriesReader(channels: 3, hidden: 8, using: Generator(seed: 1))
    let x = Tensor.randn([4, 3, 7], using: Generator(seed: 2))
    let all = reader.gru(x.transposed(1, 2)).output
    expectClose(reader(x), all[.all, -1], absolute: 1e-6)
  }

  /// A place depends on the code and on how far it stands from the start, and on nothing else.
  @Test func aShorterSeriesIsTheStartOfALongerOne() {
    func writer(_ length: Int) -> SeriesWriter {
      SeriesWriter(size: 2, channels: 3, length: length, hidden: 8, using: Generator(seed: 1))
    }
    let codes = Tensor.randn([4, 2], using: Generator(seed: 2))
    expectClose(writer(5)(codes), writer(9)(codes)[.all, .all, 0..<5], absolute: 1e-6)
  }

  @Test func tokensAndSinglePlacesAreRefused() {
    #expect(throws: RecipeError.self) { _ = try Self.made([7], kind: .tokens) }
    #expect(throws: RecipeError.self) { _ = try Self.made([3, 1]) }
  }
}
