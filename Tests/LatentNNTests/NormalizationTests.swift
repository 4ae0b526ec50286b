import LatentNN
import Testing
import Torch
import _TestSupport

/// The names of batch normalisation's buffers.
let batchNormNames: Translation = { tensors in
  let names = [
    "running_mean": "runningMean", "running_var": "runningVariance",
    "num_batches_tracked": "batchCount",
  ]
  return Dictionary(uniqueKeysWithValues: tensors.map { (names[$0] ?? $0, $1) })
}

@Suite struct BatchNormTests {
  static let cases = [
    batchNorm("batchNorm1d.train") { BatchNorm(3) },
    batchNorm("batchNorm1d.eval", .evaluation) { BatchNorm(3) },
    batchNorm("batchNorm1d.sequence") { BatchNorm(3, momentum: .fixed(0.3)) },
    batchNorm("batchNorm1d.emptyEval", .evaluation) { BatchNorm(3) },
    batchNorm("batchNorm2d.train") { BatchNorm(3) },
    batchNorm("batchNorm2d.eval", .evaluation) { BatchNorm(3) },
    batchNorm("batchNorm2d.batchOfOne") { BatchNorm(2) },
    batchNorm("batchNorm2d.notAffine") { BatchNorm(3, affine: false) },
    batchNorm("batchNorm2d.untracked", .evaluation) { BatchNorm(3, momentum: .untracked) },
  ]

  static func batchNorm(
    _ name: String, _ mode: Mode = .training, _ make: @escaping @Sendable () -> BatchNorm
  ) -> UnaryCase {
    UnaryCase(name, mode: mode, translate: batchNormNames) { _ in make() }
  }

  @Test(arguments: cases) func equalsPyTorch(_ layer: UnaryCase) throws { try layer.check() }

  @Test(arguments: [DType.float32, .float64])
  func cumulativeMomentsAreTheMeanOfAllBatches(_ dtype: DType) throws {
    try expectRecorded(
      "batchNorm2d.cumulative", dtype, isSmooth: false, translate: batchNormNames
    ) { _ in
      let layer = BatchNorm(3, epsilon: 1e-3, momentum: .cumulative)
      return Subject(layer) {
        let first = layer($0["first"]!)
        return ["first": first, "second": layer($0["second"]!)]
      }
    }
  }

  @Test func evaluationChangesNoBuffer() {
    let layer = BatchNorm(2)
    let before = layer.state
    _ = layer(Tensor.randn([4, 2], using: Generator(seed: 1)))
    for (path, tensor) in layer.state { #expect(before[path]?.isEqual(to: tensor) == true) }
  }
}

@Suite struct LayerNormTests {
  static let cases = [
    UnaryCase("layerNorm.plain", dtypes: [.float32, .float64, .bfloat16]) { _ in LayerNorm(5) },
    UnaryCase("layerNorm.twoDims") { _ in LayerNorm([3, 4], epsilon: 1e-3) },
    UnaryCase("layerNorm.noBias") { _ in LayerNorm(5, bias: false) },
    UnaryCase("layerNorm.notAffine") { _ in LayerNorm(5, affine: false) },
    UnaryCase("layerNorm.emptyBatch") { _ in LayerNorm(5) },
    UnaryCase("groupNorm.plain") { _ in GroupNorm(groups: 2, channels: 6) },
    UnaryCase("groupNorm.instance") { _ in GroupNorm(groups: 4, channels: 4, epsilon: 1e-3) },
    UnaryCase("groupNorm.notAffine") { _ in GroupNorm(groups: 1, channels: 4, affine: false) },
    UnaryCase("rmsNorm.plain") { _ in RMSNorm(5) },
    UnaryCase("rmsNorm.epsilon") { _ in RMSNorm([2, 3], epsilon: 1e-3) },
    UnaryCase("rmsNorm.notAffine") { _ in RMSNorm(5, epsilon: 1e-6, affine: false) },
  ]

  @Test(arguments: cases) func equalsPyTorch(_ layer: UnaryCase) throws { try layer.check() }
}
