import LatentNN
import Testing
import Torch
import _TestSupport

@Suite struct LinearTests {
  static let cases = [
    UnaryCase("linear.plain", dtypes: [.float32, .float64, .bfloat16, .float16]) {
      Linear(4, 3, using: $0)
    },
    UnaryCase("linear.noBias") { Linear(4, 3, bias: false, using: $0) },
    UnaryCase("linear.vector") { Linear(4, 3, using: $0) },
    UnaryCase("linear.batchOfOne") { Linear(4, 1, using: $0) },
    UnaryCase("linear.emptyBatch") { Linear(4, 3, using: $0) },
    UnaryCase("linear.rank4") { Linear(3, 2, using: $0) },
  ]

  @Test(arguments: cases) func equalsPyTorch(_ layer: UnaryCase) throws { try layer.check() }

  @Test func wrongWidthNamesBothShapes() {
    let layer = Linear(4, 3, using: Generator(seed: 1))
    let error = #expect(throws: TorchError.self) {
      try withTorchErrors { _ = layer(Tensor.zeros([2, 5])) }
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains("[2, 5]") && text.contains("[3, 4]"))
  }
}

@Suite struct EmbeddingTests {
  static let cases = [
    UnaryCase("embedding.plain") { Embedding(7, 3, using: $0) },
    // PyTorch gives the padding row no gradient though the output depends on it.
    UnaryCase("embedding.padding", isSmooth: false) { Embedding(5, 3, padding: 2, using: $0) },
    UnaryCase("embedding.empty") { Embedding(5, 3, using: $0) },
  ]

  @Test(arguments: cases) func equalsPyTorch(_ layer: UnaryCase) throws { try layer.check() }
}

@Suite struct DropoutTests {
  @Test func drawsWhatPyTorchDraws() throws {
    let recorded = try RecordedLayer.group("dropout")
    let x = try #require(recorded["input"])
    let dropout = Dropout(0.3, using: Generator(seed: 20130))
    expectClose(training(dropout) { dropout(x) }, try #require(recorded["element"]))
    let volume = try #require(recorded["channelInput"])
    let channels = Dropout(0.4, per: .channel, using: Generator(seed: 20130))
    expectClose(training(channels) { channels(volume) }, try #require(recorded["channel"]))
  }

  @Test func identityInEvaluation() {
    let dropout = Dropout(0.9, using: Generator(seed: 1))
    let x = Tensor.randn([5, 5], using: Generator(seed: 2))
    #expect(dropout(x).isEqual(to: x))
  }

  @Test(arguments: [0.1, 0.5, 0.9]) func keepsTheMeanAndDropsTheShare(_ p: Double) {
    let count = 100_000
    let dropout = Dropout(p, using: Generator(seed: 7))
    let y = training(dropout) { dropout(Tensor.ones([count])) }
    let zeros = Double(count) - (y .!= 0).to(.float64).sum().item()
    // Five standard deviations of a binomial count.
    let deviation = (Double(count) * p * (1 - p)).squareRoot()
    #expect(Swift.abs(zeros - p * Double(count)) < 5 * deviation)
    #expect(Swift.abs(y.mean().item() - 1) < 5 * deviation / Double(count) / (1 - p))
    expectClose(y.max(), Tensor(1 / (1 - p)))
  }

  @Test func channelsAreDroppedWhole() {
    let dropout = Dropout(0.5, per: .channel, using: Generator(seed: 3))
    let y = training(dropout) { dropout(Tensor.ones([8, 16, 3, 3])) }
    let kept = y.sum(dims: [2, 3])  // 0 or 9 · 2
    #expect(((kept .== 0) .| (kept .== 18)).all().item() == 1)
  }

  @Test func edges() {
    let generator = Generator(seed: 1)
    let all = Dropout(1, using: generator)
    #expect(training(all) { all(Tensor.ones([3])) }.isEqual(to: Tensor.zeros([3])))
    let none = Dropout(0, using: generator)
    #expect(training(none) { none(Tensor.ones([3])) }.isEqual(to: Tensor.ones([3])))
    let half = Dropout(0.5, using: generator)
    #expect(training(half) { half(Tensor.ones([0, 3])) }.shape == [0, 3])
    #expect(training(half) { half(Tensor.ones([2], dtype: .bfloat16)) }.dtype == .bfloat16)
    #expect(training(half) { half(Tensor(1.0)) }.shape == [])
  }
}
