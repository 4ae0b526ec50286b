import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct DatasetTests {
  private func small(_ values: [Double] = [1, 2, 3, 4, 5, 6]) throws -> TensorDataset {
    try TensorDataset(
      name: "small",
      schema: DatasetSchema(
        .vector, shape: [2], classNames: ["a", "b"], factors: [Factor("side", size: 2)]),
      examples: Tensor(values, dtype: .float32).reshaped([3, 2]), labels: Tensor([0, 1, 0]),
      factors: Tensor([[0], [1], [1]]), captions: ["one", "two", "three"])
  }

  @Test func aBatchHoldsThePartsOfItsExamplesInOrder() throws {
    let batch = try small().batch([2, 0])
    expectClose(batch.examples, Tensor([[5, 6], [1, 2]]))
    #expect(batch.labels?.scalars(as: Int.self) == [0, 0])
    #expect(batch.factors?.scalars(as: Int.self) == [1, 0])
    #expect(batch.captions == ["three", "one"])
    #expect(batch.indices == [2, 0])
  }

  @Test func bytesAreDividedInTheBatchOnly() throws {
    let bytes = Tensor([0, 51, 255]).to(.uint8).reshaped([3, 1])
    let set = try TensorDataset(
      name: "bytes", schema: DatasetSchema(.vector, shape: [1]), examples: bytes, divisor: 255)
    expectClose(try set.all().examples, Tensor([[0], [0.2], [1]]))
  }

  @Test(arguments: [-1, 3]) func anIndexOutsideIsRefused(index: Int) throws {
    let set = try small()
    #expect {
      try set.batch([0, index])
    } throws: { "\($0)" == "small: expected an index from 0 to 2, found \(index)" }
  }

  @Test func partsThatDisagreeAreRefused() {
    #expect {
      try TensorDataset(
        name: "x", schema: DatasetSchema(.vector, shape: [2]), examples: .zeros([3, 2]),
        labels: .zeros([2], dtype: .int64))
    } throws: { "\($0)" == "x: labels: expected shape [3], found [2]" }
  }

  @Test func fingerprintsTellContentsApartAndNamesDoNotCount() throws {
    let set = try small()
    let renamed = try TensorDataset(
      name: "other",
      schema: DatasetSchema(
        .vector, shape: [2], classNames: ["c", "d"], factors: [Factor("side", size: 2)]),
      examples: try set.all().examples, labels: Tensor([0, 1, 0]),
      factors: Tensor([[0], [1], [1]]))
    #expect(renamed.fingerprint == set.fingerprint)
    #expect(try small([1, 2, 3, 4, 5, 7]).fingerprint != set.fingerprint)
    let first = try Subset(of: set, at: [0, 1])
    #expect(try first.fingerprint != Subset(of: set, at: [1, 0]).fingerprint)
    #expect(try first.fingerprint == Subset(of: small(), at: [0, 1]).fingerprint)
  }

  @Test func aSubsetShowsTheWholesExamples() throws {
    let subset = try Subset(of: small(), at: [2, 1])
    let batch = try subset.batch([0])
    expectClose(batch.examples, Tensor([[5, 6]]))
    #expect(batch.indices == [0])
    #expect(throws: DatasetError.self) { try subset.batch([2]) }
  }

  @Test(arguments: [SplitPlan(validation: 2, test: 1), SplitPlan(test: -1)])
  func aDivisionThatLeavesNothingIsRefused(plan: SplitPlan) throws {
    let set = try small()
    #expect(throws: DatasetError.self) { try plan.divide(set) }
  }

  @Test func publishedTestPartsStayAndValidationIsTheEnd() throws {
    let set = try small()
    let splits = try SplitPlan(validation: 1).divide(set) { set }
    expectClose(try splits.train.all().examples, Tensor([[1, 2], [3, 4]]))
    expectClose(try #require(splits.validation).all().examples, Tensor([[5, 6]]))
    let whole = try SplitPlan().divide(set) { set }
    #expect(whole.train.count == 3 && whole.validation == nil)
  }

  @Test func theTestPartIsNotOpenedForAnythingElse() throws {
    let set = try small()
    var opened = 0
    let splits = try SplitPlan().divide(set) {
      opened += 1
      return set
    }
    _ = try splits.fingerprint
    _ = try splits.train.all()
    #expect(opened == 0)
    _ = try splits.test()
    #expect(opened == 1)
  }
}
