import LatentNN
import Testing
import Torch
import _TestSupport

/// The seed of `Goldens/layers.py`.
private let seed: UInt64 = 20130

struct InitialCase: Sendable, CustomTestStringConvertible {
  let name: String
  var translate: Translation = sameNames
  let make: @Sendable (Generator) -> Module
  var testDescription: String { name }

  init(
    _ name: String, _ translate: @escaping Translation = sameNames,
    make: @escaping @Sendable (Generator) -> Module
  ) {
    self.name = name
    self.translate = translate
    self.make = make
  }
}

@Suite struct InitializerTests {
  static let layers = [
    InitialCase("linear") { Linear(6, 5, using: $0) },
    InitialCase("linear.large") { Linear(40, 7, using: $0) },
    InitialCase("conv1d") {
      Conv1d(.init(inputs: 4, outputs: 6, kernel: 3, groups: 2), using: $0)
    },
    InitialCase("conv2d") { Conv2d(3, 4, kernel: [3, 2], using: $0) },
    InitialCase("conv3d") { Conv3d(2, 3, kernel: 2, bias: false, using: $0) },
    InitialCase("convTranspose1d") {
      ConvTranspose1d(.init(inputs: 4, outputs: 6, kernel: 3, groups: 2), using: $0)
    },
    InitialCase("convTranspose2d") { ConvTranspose2d(3, 4, kernel: 4, using: $0) },
    InitialCase("convTranspose3d") { ConvTranspose3d(2, 3, kernel: 2, using: $0) },
    InitialCase("batchNorm2d") { _ in BatchNorm(3) },
    InitialCase("layerNorm") { _ in LayerNorm(4) },
    InitialCase("groupNorm") { _ in GroupNorm(groups: 2, channels: 4) },
    InitialCase("rmsNorm") { _ in RMSNorm(4) },
    InitialCase("prelu") { _ in PReLU(3) },
    InitialCase("embedding") { Embedding(7, 3, using: $0) },
    InitialCase("embedding.padding") { Embedding(7, 3, padding: -1, using: $0) },
    InitialCase("gru", recurrentNames) { GRU(3, 4, layers: 2, bidirectional: true, using: $0) },
    InitialCase("lstm", recurrentNames) { LSTM(3, 4, layers: 2, using: $0) },
    InitialCase("gruCell", cellNames) { GRUCell(3, 4, using: $0) },
    InitialCase("lstmCell", cellNames) { LSTMCell(3, 4, using: $0) },
    InitialCase("attention", attentionNames) { MultiHeadAttention(4, heads: 2, using: $0) },
    InitialCase("attention.widths", attentionNames) {
      MultiHeadAttention(.init(width: 4, heads: 2, keyWidth: 3, valueWidth: 5), using: $0)
    },
    InitialCase("sequence", { Dictionary(uniqueKeysWithValues: $0.map { ("layers.\($0)", $1) }) }) {
      Sequential(Linear(20, 8, using: $0), .relu, Linear(8, 3, using: $0))
    },
  ]

  @Test(arguments: layers) func newLayersHavePyTorchsBits(_ layer: InitialCase) throws {
    let expected = layer.translate(try RecordedLayer.group("initial/\(layer.name)"))
    let module = layer.make(Generator(seed: seed))
    #expect(Set(module.parameters.map(\.path)) == Set(expected.keys))
    for (path, parameter) in module.parameters {
      let wanted = try #require(expected[path])
      #expect(parameter.value.detached().isEqual(to: wanted), "\(layer.name) \(path)")
    }
  }

  static let initializers: [(String, Initializer)] = [
    ("uniform", .uniform(low: -0.2, high: 0.4)),
    ("normal", .normal(mean: 0.1, standardDeviation: 0.5)),
    ("truncatedNormal", .truncatedNormal(mean: 0.1, standardDeviation: 0.5, low: -0.6, high: 0.9)),
    ("xavierUniform", .xavierUniform()),
    ("xavierUniform.gain", .xavierUniform(gain: .tanh)),
    ("xavierNormal", .xavierNormal()),
    ("kaimingUniform", .kaimingUniform()),
    ("kaimingUniform.fanOut", .kaimingUniform(fan: .out, gain: .leakyRelu(slope: 0.2))),
    ("kaimingNormal", .kaimingNormal()),
    ("orthogonal", .orthogonal()),
    ("orthogonal.gain", .orthogonal(gain: .value(1.5))),
  ]

  @Test(arguments: initializers)
  func drawsWhatPyTorchDraws(_ name: String, _ initializer: Initializer) throws {
    for shape in [[5, 4], [4, 6], [3, 2, 3, 3]] {
      let key = shape.map(String.init).joined(separator: "x")
      let expected = try #require(try RecordedLayer.group("initialiser/\(name)")[key])
      let found = initializer(shape, using: Generator(seed: seed))
      if name.hasPrefix("orthogonal") {
        expectClose(found, expected, "\(name) \(key)")  // QR's rounding is the machine's
      } else {
        #expect(found.isEqual(to: expected), "\(name) \(key)")
      }
    }
  }

  @Test(arguments: [[6, 4], [4, 6], [5, 5], [3, 2, 2]])
  func orthogonalMatricesAreOrthogonal(_ shape: [Int]) {
    let w = Initializer.orthogonal()(shape, dtype: .float64, using: Generator(seed: 3))
    let m = w.reshaped([shape[0], -1])
    let (rows, columns) = m.shape2
    let product = rows < columns ? matmul(m, m.transposed()) : matmul(m.transposed(), m)
    expectClose(product, Tensor.eye(min(rows, columns), dtype: .float64))
  }

  @Test func truncatedNormalStaysInsideAlsoInTheTail() {
    let near = Initializer.truncatedNormal(low: -1, high: 0.5)
    let tail = Initializer.truncatedNormal(low: 2, high: 3)
    for (initializer, low, high) in [(near, -1.0, 0.5), (tail, 2.0, 3.0)] {
      let x = initializer([20_000], using: Generator(seed: 11))
      #expect(x.min().item() >= low)
      #expect(x.max().item() <= high)
      // The mean of a truncated normal: (φ(a) − φ(b)) / (Φ(b) − Φ(a)).
      let expected = low == 2 ? 2.31582 : -0.20663
      #expect(Swift.abs(x.mean().item() - expected) < 0.015)
    }
  }

  @Test func constants() {
    let generator = Generator(seed: 1)
    #expect(Initializer.zeros([2], using: generator).isEqual(to: Tensor([0.0, 0.0])))
    #expect(Initializer.ones([2], using: generator).isEqual(to: Tensor([1.0, 1.0])))
    #expect(Initializer.constant(0.5)([2], using: generator).isEqual(to: Tensor([0.5, 0.5])))
    #expect(Initializer.normal()([0, 3], using: generator).shape == [0, 3])
  }

  @Test func fansOfAVectorAreRefused() {
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { _ = Initializer.kaimingNormal()([3], using: Generator(seed: 1)) }
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text == "Initializer of [3]: fans need at least two dimensions, found 1")
  }
}
