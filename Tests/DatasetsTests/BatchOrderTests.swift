import Datasets
import Foundation
import Testing
import Torch

@Suite struct BatchOrderTests {
  @Test func everyEpochShowsEveryExampleOnce() {
    let order = BatchOrder(count: 103, batchSize: 10, seed: 4)
    for epoch in 0..<3 {
      var seen: [Int] = []
      for _ in 0..<order.batchesPerEpoch {
        #expect(order.epoch == epoch)
        seen += order.next()
      }
      #expect(seen.sorted() == Array(0..<103))
    }
  }

  @Test func epochsAreTheGeneratorsPermutations() {
    let order = BatchOrder(count: 50, batchSize: 50, seed: 7)
    let generator = Generator(seed: 7)
    for _ in 0..<3 {
      let expected = Tensor.randperm(50, using: generator).scalars(as: Int.self)
      #expect(order.next() == expected)
    }
  }

  @Test func whatIsUpcomingComesNext() {
    let order = BatchOrder(count: 10, batchSize: 4, seed: 2)
    for _ in 0..<7 {
      let (told, state) = (order.upcoming, order.state)
      #expect(order.state == state && order.upcoming == told)
      #expect(order.next() == told)
    }
  }

  /// torch.randperm(10, generator=torch.Generator().manual_seed(0)), twice; torch 2.13.
  @Test func theOrderIsPyTorchs() {
    let order = BatchOrder(count: 10, batchSize: 10, seed: 0)
    #expect(order.next() == [4, 1, 7, 5, 3, 9, 0, 8, 6, 2])
    #expect(order.next() == [3, 9, 4, 2, 7, 8, 6, 0, 5, 1])
  }

  @Test func aSmallerLastBatchIsKeptOrDropped() {
    let keeping = BatchOrder(count: 7, batchSize: 3, seed: 0)
    #expect((0..<6).map { _ in keeping.next().count } == [3, 3, 1, 3, 3, 1])
    let dropping = BatchOrder(count: 7, batchSize: 3, seed: 0, dropsLast: true)
    #expect(dropping.batchesPerEpoch == 2)
    #expect((0..<4).map { _ in dropping.next().count } == [3, 3, 3, 3])
    #expect(dropping.epoch == 2)
  }

  @Test func withoutShufflingExamplesComeByNumber() {
    let order = BatchOrder(count: 5, batchSize: 2, seed: 0, shuffles: false)
    #expect((0..<4).map { _ in order.next() } == [[0, 1], [2, 3], [4], [0, 1]])
  }

  @Test(arguments: 0..<24) func anOrderRestoredAnywhereGoesOnTheSame(steps: Int) throws {
    let order = BatchOrder(count: 31, batchSize: 4, seed: 11, dropsLast: steps % 2 == 0)
    for _ in 0..<steps { _ = order.next() }
    let written = try JSONEncoder().encode(order.state)
    let restored = try BatchOrder(
      restoring: JSONDecoder().decode(BatchOrder.State.self, from: written))
    #expect(restored.state == order.state)
    for _ in 0..<20 { #expect(restored.next() == order.next()) }
    #expect(restored.epoch == order.epoch)
  }

  @Test func aStateThatNoOrderLeftIsRefused() {
    var state = BatchOrder(count: 5, batchSize: 2, seed: 0).state
    state.position = 5
    #expect(throws: DatasetError.self) { try BatchOrder(restoring: state) }
    state.position = 0
    state.generator = Data([1, 2, 3])
    #expect {
      try BatchOrder(restoring: state)
    } throws: {
      "\($0)" == "data order: expected a saved order, found a generator state of 3 bytes"
    }
  }
}
