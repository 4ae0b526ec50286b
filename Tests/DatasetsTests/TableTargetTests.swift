import Datasets
import Testing
import Torch
import _TestSupport

/// Columns of a table that are to be predicted.
@Suite struct TableTargetTests {
  private func withTable(_ body: (String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<20).map { "\($0),\(2 * $0),\(3 * $0),\($0 % 2 == 0 ? "even" : "odd")" }
    try body(folder.write("a,price,c,kind\n\(rows.joined(separator: "\n"))\n", "t.csv"))
  }

  @Test func targetsAreContinuousFactorsAndNoPartOfAnExample() throws {
    try withTable { path in
      let whole = try #require(try DatasetRegistry.open("\(path):target=price").whole)
      #expect(whole.schema.columns == ["a", "c"] && whole.schema.exampleShape == [2])
      #expect(whole.schema.factors == [Factor(continuous: "price")])
      #expect(whole.schema.classNames == ["even", "odd"])
      let batch = try whole.batch([1, 3])
      expectClose(batch.examples, Tensor([[1, 3], [3, 9]]).to(.float32))
      expectClose(try #require(batch.factors), Tensor([[2], [6]]).to(.float32))
      #expect(batch.labels?.scalars(as: Int.self) == [1, 1])
      let two = try #require(try DatasetRegistry.open("\(path):target=c+price").whole)
      #expect(two.schema.factors?.map(\.name) == ["c", "price"] && two.schema.columns == ["a"])
      #expect(try two.fingerprint != whole.fingerprint)
    }
  }

  @Test func anUnknownTargetIsRefusedWithTheHead() throws {
    try withTable { path in
      #expect {
        try DatasetRegistry.open("\(path):target=prize")
      } throws: {
        ($0 as? DatasetError)?.problem
          == "target: expected a name of the head other than the label's, found 'prize'"
          && ($0 as? DatasetError)?.remedy == "the head has a, price, c"
      }
    }
  }
}
