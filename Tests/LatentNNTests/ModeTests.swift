import LatentNN
import Testing
import Torch

@Suite struct ModeTests {
  private struct Stop: Error {}

  @Test func modeIsAScopeForTheWholeTree() {
    let model = Sequential(Sequential(BatchNorm(2)), BatchNorm(2))
    #expect(model.modules.allSatisfy { $0.module.mode == .evaluation })
    training(model) {
      #expect(model.modules.allSatisfy { $0.module.mode == .training })
      evaluating(model.layers[0] as? Sequential ?? model) {
        #expect(model.mode == .training)
        #expect(model.modules.filter { $0.module.mode == .evaluation }.count == 2)
      }
      #expect(model.modules.allSatisfy { $0.module.mode == .training })
    }
    #expect(model.modules.allSatisfy { $0.module.mode == .evaluation })
  }

  @Test func modeIsRestoredWhenTheBodyThrows() {
    let (a, b) = (BatchNorm(2), BatchNorm(2))
    #expect(throws: Stop.self) { try training(a, b) { throw Stop() } }
    #expect(a.mode == .evaluation && b.mode == .evaluation)
  }

  @Test func bodyGivesItsResult() {
    let layer = BatchNorm(1)
    #expect(training(layer) { layer.mode } == .training)
  }
}
