import LatentLearning
import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct WeightAverageTests {
  private struct Stop: Error {}

  @Test(arguments: ["exponential", "equal"]) func equalsPyTorch(_ name: String) throws {
    let weights = try RecordedValues.group("average/weights")
    let averages = try RecordedValues.group("average/\(name)")
    let model = Linear(3, 2, using: Generator(seed: 1))
    let average = WeightAverage(of: model, decay: name == "equal" ? .equalWeights : 0.9)
    for step in 0..<8 {
      try model.load(weights.mapValues { $0[step] })
      average.update()
      for (path, tensor) in average.state { expectClose(tensor, averages[path]![step], path) }
    }
  }

  @Test func averageStandsInOnlyInsideTheScope() throws {
    let model = Linear(2, 1, using: Generator(seed: 1))
    let before = model.state
    let average = WeightAverage(of: model, decay: 0.5)
    average.update()
    try model.load(before.mapValues { $0 * 3 })
    average.update()
    average.withAverage { expectClose(model.weight.value, before["weight"]! * 2) }
    #expect(model.weight.value.isEqual(to: before["weight"]! * 3))
    #expect(throws: Stop.self) { try average.withAverage { throw Stop() } }
    #expect(model.weight.value.isEqual(to: before["weight"]! * 3))
  }

  @Test func goesOnFromItsState() throws {
    let model = Linear(2, 1, using: Generator(seed: 1))
    let (a, b) = (WeightAverage(of: model, decay: 0.9), WeightAverage(of: model, decay: 0.9))
    a.update()
    try model.load(model.state.mapValues { $0 + 1 })
    a.update()
    try b.load(a.state, count: a.count)
    try model.load(model.state.mapValues { $0 + 1 })
    a.update()
    b.update()
    for (path, tensor) in a.state { #expect(b.state[path]!.isEqual(to: tensor)) }
    #expect(throws: StateMismatch.self) { try b.load(["weight": Tensor.zeros([1])], count: 1) }
  }
}
