import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct CSVTests {
  private func read(_ text: String) throws -> CSV { try CSV(memory(Array(text.utf8), "t.csv")) }

  @Test func numbersWithoutAHead() throws {
    let table = try read("1,2\n3,4.5\n-1e2,+.5\n")
    #expect(table.names == nil && table.rowCount == 3)
    expectClose(table.numbers, Tensor([[1, 2], [3, 4.5], [-100, 0.5]]))
  }

  @Test func aHeadAColumnOfWordsQuotesAndWindowsLineEnds() throws {
    let table = try read("a;kind;b\r\n1;\"x;\"\"y\"\"\";2\r\n3; z ;4\r\n\r\n")
    #expect(table.names == ["a", "kind", "b"])
    #expect(table.words?.column == 1)
    #expect(table.words?.fields == ["x;\"y\"", "z"])
    expectClose(table.numbers, Tensor([[1, 2], [3, 4]]))
  }

  @Test func aTableOfOneRowIsData() throws {
    expectClose(try read("5,6").numbers, Tensor([[5, 6]]))
  }

  @Test(arguments: [
    ("", "expected at least one row, found none"),
    ("1,2\n3\n", "line 2: expected 2 fields as in the first row, found 1"),
    ("a,b\n1,2\n3,x\n", "line 3, column 2 (b): expected a finite number, found 'x'"),
    ("1,2\n3,\n", "line 2, column 2: expected a finite number, found ''"),
    ("1,2\n3,1e99\n", "line 2, column 2: expected a finite number, found '1e99'"),
    ("1,2\n\"3,4\n", "line 2: a quote is not closed"),
    ("1,2\n\"3\"x,4\n", "line 2: expected a separator after a closing quote, found more text"),
    ("a,b\nx,1\ny,2\n3,z\n", "line 4, column 2 (b): expected a finite number, found 'z'"),
  ]) func brokenTablesNameTheirPlace(text: String, why: String) {
    #expect {
      try read(text)
    } throws: { ($0 as? FileError)?.problem == why }
  }

  @Test func noMutationCrashes() {
    let text = "a,kind,b\n1,\"x\"\"\",2.5e-3\n3,zz,4\n-7,x,0\n"
    expectOnlyRefusals(mutating: Array(text.utf8), count: 4000) { try CSV(memory($0, "t.csv")) }
  }
}
