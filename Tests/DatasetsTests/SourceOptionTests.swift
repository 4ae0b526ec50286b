import Datasets
import Testing
import Torch
import _TestSupport

@Suite struct SourceOptionTests {
  private func problem(_ source: String) -> DatasetError? {
    do {
      _ = try DatasetRegistry.open(source)
      return nil
    } catch { return error as? DatasetError }
  }

  @Test func aTableTakesItsLabelColumnByOption() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("1,2,7\n3,4,5\n5,6,7\n", "t.csv")
    let plan = SplitPlan(validation: 0, test: 1)
    let splits = try DatasetRegistry.open("\(path):label=last", plan: plan)
    #expect(splits.train.schema.classNames == ["5", "7"])
    #expect(splits.train.schema.exampleShape == [2])
    let plain = try DatasetRegistry.open(path, plan: plan)
    #expect(plain.train.schema.exampleShape == [3] && plain.train.schema.classNames == nil)
  }

  @Test func unknownKeysNameTheNearest() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("1,2\n3,4\n5,6\n", "t.csv")
    let error = try #require(problem("\(path):lable=last"))
    #expect(error.exitCode == 2)
    #expect("\(error)" == "\(path): has no option 'lable'")
    #expect(error.remedy == "did you mean label? its options are label, target")
  }

  @Test(arguments: [
    ("digits:size=3", "digits: has no option 'size'"),
    ("digits:size", "digits:size: expected key=value once for each key, found 'size'"),
    ("digts:size=3", "digts: expected a data set's name or a path, found neither"),
  ]) func wrongOptionsAreRefused(source: String, why: String) throws {
    #expect("\(try #require(problem(source)))" == why)
  }
}
