import LatentNN
import Testing
import Torch
import _TestSupport

private final class Model: Module {
  let encoder: Linear
  let norm = BatchNorm(3)
  let table = Buffer(Tensor([1.0, 2.0]), isSaved: false)
  init(using generator: Generator) { encoder = Linear(2, 3, using: generator) }
}

@Suite struct StateTests {
  @Test func roundTripGivesTheSameBits() throws {
    let (a, b) = (Model(using: Generator(seed: 1)), Model(using: Generator(seed: 2)))
    _ = training(a) { a.norm(Tensor.randn([4, 3], using: Generator(seed: 3))) }
    #expect(!a.encoder.weight.value.isEqual(to: b.encoder.weight.value))
    try b.load(a.state)
    for (path, tensor) in b.state { #expect(a.state[path]?.isEqual(to: tensor) == true) }
    #expect(
      b.state.keys.sorted() == [
        "encoder.bias", "encoder.weight", "norm.batchCount", "norm.bias", "norm.runningMean",
        "norm.runningVariance", "norm.weight",
      ])
  }

  @Test func stateIsACopy() throws {
    let model = Model(using: Generator(seed: 1))
    let before = model.state
    try model.load(before.mapValues { $0 * 0 })
    #expect(before["encoder.weight"]?.isEqual(to: model.encoder.weight.value) == false)
  }

  @Test func everythingThatIsWrongIsListedAndNothingLoaded() throws {
    let model = Model(using: Generator(seed: 1))
    var state = model.state.mapValues { $0 * 0 }
    state["encoder.weight"] = Tensor.zeros([2, 3])
    state["norm.bias"] = nil
    state["norm.weight"] = nil
    state["decoder.weight"] = Tensor.zeros([1])
    let before = model.state
    let error = #expect(throws: StateMismatch.self) { try model.load(state) }
    #expect(
      error?.description == """
        the state does not fit the model
          missing: norm.weight, norm.bias
          unexpected: decoder.weight
          mismatched: encoder.weight expects [3, 2], found [2, 3]
        Remedy: build the model with the configuration that the state was saved with, or pass \
        `ignoring:` to load what fits by name.
        """)
    for (path, tensor) in before { #expect(model.state[path]?.isEqual(to: tensor) == true) }
  }

  @Test func whatIsIgnoredIsLeftAlone() throws {
    let model = Model(using: Generator(seed: 1))
    let state = ["encoder.bias": Tensor.ones([3]), "other": Tensor.ones([1])]
    try model.load(state, ignoring: [.missing, .unexpected])
    #expect(model.encoder.bias?.value.sum().item() == 3)
    #expect(throws: StateMismatch.self) { try model.load(state, ignoring: .missing) }
    #expect(throws: StateMismatch.self) { try model.load(state, ignoring: .unexpected) }
  }

  @Test func longListsAreCut() {
    let model = Sequential((0..<10).map { _ in Linear(1, 1, using: Generator(seed: 1)) })
    let error = #expect(throws: StateMismatch.self) { try model.load([:]) }
    #expect(error?.missing.count == 20)
    #expect(error?.description.contains("layers.5.bias and 8 more") == true)
  }

  @Test func elementTypesAreConverted() throws {
    let model = Model(using: Generator(seed: 1)).to(.float64)
    #expect(model.encoder.weight.value.dtype == .float64)
    #expect(model.encoder.weight.value.requiresGradient)
    #expect(model.norm.runningMean?.value.dtype == .float64)
    #expect(model.norm.batchCount?.value.dtype == .int64)
    try model.load(Model(using: Generator(seed: 2)).state)
    #expect(model.encoder.weight.value.dtype == .float64)
    model.to(Device.cpu)
    #expect(model.encoder.weight.value.device == .cpu)
  }

  @Test func loadingInPlaceKeepsTheOptimisersView() throws {
    let model = Model(using: Generator(seed: 1))
    let view = model.encoder.weight.value
    try model.load(model.state.mapValues { $0 * 0 })
    #expect(abs(view.detached()).sum().item() == 0)
  }
}
