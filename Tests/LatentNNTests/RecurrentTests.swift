import CTorch
import LatentNN
import Testing
import Torch
import _TestSupport

/// PyTorch's `weight_ih_l1_reverse` is our `layers.1.backward.inputWeight`.
let recurrentNames: Translation = { tensors in
  var renamed: [String: Tensor] = [:]
  for (name, tensor) in tensors {
    let parts = name.split(separator: "_").map(String.init)
    let isReverse = parts.last == "reverse"
    let layer = parts[2].dropFirst()
    let role = (parts[1] == "ih" ? "input" : "hidden") + (parts[0] == "bias" ? "Bias" : "Weight")
    renamed["layers.\(layer).\(isReverse ? "backward" : "forward").\(role)"] = tensor
  }
  return renamed
}

/// PyTorch's `weight_ih` of a cell is our `weights.inputWeight`.
let cellNames: Translation = { tensors in
  let names = [
    "weight_ih": "inputWeight", "weight_hh": "hiddenWeight", "bias_ih": "inputBias",
    "bias_hh": "hiddenBias",
  ]
  return Dictionary(uniqueKeysWithValues: tensors.map { ("weights.\(names[$0] ?? $0)", $1) })
}

struct RecurrentCase: Sendable, CustomTestStringConvertible {
  let name: String
  let configuration: RecurrentConfiguration
  var testDescription: String { name }
}

@Suite struct RecurrentTests {
  static let grus = [
    RecurrentCase(name: "gru.plain", configuration: .init(inputs: 3, hidden: 4)),
    RecurrentCase(name: "gru.twoLayers", configuration: .init(inputs: 3, hidden: 4, layers: 2)),
    RecurrentCase(
      name: "gru.bidirectional",
      configuration: .init(inputs: 3, hidden: 2, layers: 2, bidirectional: true)),
    RecurrentCase(name: "gru.noBias", configuration: .init(inputs: 3, hidden: 4, bias: false)),
  ]
  static let lstms = [
    RecurrentCase(name: "lstm.plain", configuration: .init(inputs: 3, hidden: 4)),
    RecurrentCase(name: "lstm.threeLayers", configuration: .init(inputs: 3, hidden: 2, layers: 3)),
    RecurrentCase(
      name: "lstm.bidirectional",
      configuration: .init(inputs: 3, hidden: 2, layers: 2, bidirectional: true)),
    RecurrentCase(name: "lstm.noBias", configuration: .init(inputs: 3, hidden: 4, bias: false)),
  ]

  @Test(arguments: grus, [DType.float32, .float64])
  func gruEqualsPyTorch(_ layer: RecurrentCase, _ dtype: DType) throws {
    try expectRecorded(layer.name, dtype, translate: recurrentNames) { generator in
      let gru = GRU(layer.configuration, using: generator)
      return Subject(gru) {
        let (output, hidden) = gru($0["x"]!, initial: $0["h"])
        return ["output": output, "hidden": hidden]
      }
    }
  }

  @Test(arguments: lstms, [DType.float32, .float64])
  func lstmEqualsPyTorch(_ layer: RecurrentCase, _ dtype: DType) throws {
    try expectRecorded(layer.name, dtype, translate: recurrentNames) { generator in
      let lstm = LSTM(layer.configuration, using: generator)
      return Subject(lstm) { inputs in
        let initial = inputs["h"].map { LSTM.State(hidden: $0, cell: inputs["c"]!) }
        let (output, state) = lstm(inputs["x"]!, initial: initial)
        return ["output": output, "hidden": state.hidden, "cell": state.cell]
      }
    }
  }

  @Test(arguments: [DType.float32, .float64]) func cellsEqualPyTorch(_ dtype: DType) throws {
    try expectRecorded("gruCell", dtype, translate: cellNames) { generator in
      let cell = GRUCell(3, 4, using: generator)
      return Subject(cell) { ["output": cell($0["x"]!, hidden: $0["h"]!)] }
    }
    try expectRecorded("lstmCell", dtype, translate: cellNames) { generator in
      let cell = LSTMCell(3, 4, using: generator)
      return Subject(cell) {
        let state = cell($0["x"]!, state: LSTM.State(hidden: $0["h"]!, cell: $0["c"]!))
        return ["hidden": state.hidden, "cell": state.cell]
      }
    }
  }

  /// A sequence is its cell applied step by step.
  @Test func sequenceIsACellStepByStep() throws {
    let generator = Generator(seed: 4)
    let gru = GRU(3, 5, using: generator)
    let cell = GRUCell(3, 5, using: generator)
    var state: [String: Tensor] = [:]
    for (path, tensor) in gru.state {
      state["weights.\(path.split(separator: ".").last!)"] = tensor
    }
    try cell.load(state)
    let x = Tensor.randn([2, 6, 3], using: generator)
    var h = Tensor.zeros([2, 5])
    for step in 0..<6 { h = cell(x[.all, step], hidden: h) }
    expectClose(gru(x).hidden[0], h)
    expectClose(gru(x).output[.all, -1], h)
  }

  @Test func dropoutActsBetweenLayersAndOnlyInTraining() {
    let configuration = RecurrentConfiguration(inputs: 3, hidden: 8, layers: 2, dropout: 0.5)
    let gru = GRU(configuration, using: Generator(seed: 9))
    let x = Tensor.randn([2, 4, 3], using: Generator(seed: 1))
    #expect(gru(x).output.isEqual(to: gru(x).output))
    let (a, b) = training(gru) { (gru(x), gru(x)) }
    #expect(a.hidden[0].isEqual(to: b.hidden[0]))  // the first layer comes before
    #expect(!a.hidden[1].isEqual(to: b.hidden[1]))
  }

  @Test func emptyBatch() {
    let gru = GRU(3, 4, layers: 2, using: Generator(seed: 1))
    let (output, hidden) = gru(Tensor.zeros([0, 5, 3]))
    #expect(output.shape == [0, 5, 4])
    #expect(hidden.shape == [2, 0, 4])
  }

  /// What a GRU of float64 reads: inputs of gates, first state, weight, bias.
  static func gated() -> [Tensor] {
    let generator = Generator(seed: 12)
    return [[5, 2, 9], [2, 3], [9, 3], [9]].map {
      0.7 * Tensor.randn($0, using: generator, dtype: .float64)
    }
  }

  static func gatedCost(_ x: [Tensor]) -> Tensor {
    let states = GatedRecurrence.states(x[0], from: x[1], weight: x[2], bias: x[3])
    let weights = Tensor.randn(states.shape, using: Generator(seed: 3), dtype: .float64)
    return (weights * squared(states)).sum()
  }

  /// The derivative that is written out, and that of it, which recorded operators take.
  @Test func writtenDerivativesEqualDifferences() {
    expectGradientsMatchDifferences(at: Self.gated()) { Self.gatedCost($0) }
    expectGradientsMatchDifferences(at: Self.gated()) { x in
      let found = valueAndGradient(at: x, createGraph: true, Self.gatedCost).gradients
      return found.reduce(Tensor(0, dtype: .float64)) { $0 + squared($1).sum() }
    }
  }

  /// A forward-mode derivative is the gradient along its direction.
  @Test func forwardModeGoesThroughStates() {
    let inputs = Self.gated()
    let direction = Tensor.randn(inputs[0].shape, using: Generator(seed: 8), dtype: .float64)
    let along = jacobianVectorProduct(at: inputs[0], tangent: direction) {
      Self.gatedCost([$0] + inputs[1...])
    }.product
    let gradient = gradient(at: inputs[0]) { Self.gatedCost([$0] + inputs[1...]) }
    expectClose(along, (gradient * direction).sum())
  }

  /// States of many rows are computed on several threads, and of steps that lie anywhere in memory.
  @Test func manyRowsAndStridesChangeNothing() {
    let generator = Generator(seed: 5)
    let gru = GRU(4, 96, using: generator)
    let x = Tensor.randn([7, 600, 4], using: generator).transposed(0, 1)
    let threads = ct_threads()
    ct_set_threads(4)
    defer { ct_set_threads(threads) }
    let (output, hidden) = gru(x)
    let part = gru(x[590..<600].contiguous())
    expectClose(output[590..<600], part.output)
    expectClose(hidden[.all, 590..<600], part.hidden)
  }

  /// What has no kernel of the package's own goes to LibTorch's.
  @Test func halfTypesAreLibTorchs() {
    let gru = GRU(3, 4, using: Generator(seed: 1))
    let x = Tensor.randn([2, 5, 3], using: Generator(seed: 2))
    let expected = gru(x).output
    gru.to(.bfloat16)
    let found = gru(x.to(.bfloat16)).output
    #expect(found.dtype == .bfloat16)
    expectClose(found.to(.float32), expected, relative: 0.05, absolute: 0.02)
  }
}
