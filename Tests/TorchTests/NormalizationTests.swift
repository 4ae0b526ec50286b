import Testing
import Torch
import _TestSupport

@Suite struct NormalizationTests {
  @Test func normsAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("normalization")
    let (x, row, cube) = try (f.input("x"), f.input("row"), f.input("cube"))
    let (image, scale, shift) = try (f.input("picture"), f.input("scale"), f.input("shift"))
    f.check("layer", layerNorm(x, shape: [4], scale: row, shift: row, epsilon: 1e-3))
    f.check("layer2", layerNorm(cube, shape: [3, 4]))
    f.check("group", groupNorm(image, groups: 3, scale: scale, shift: shift))
    f.check("instance", instanceNorm(image, scale: scale, shift: shift))
    f.check("rms", rmsNorm(x, shape: [4], scale: row, epsilon: 1e-6))
    f.check("rms_default", rmsNorm(x, shape: [4]))
    f.check("normalize", normalized(x, dim: 1))
    f.check("normalize1", normalized(x, p: 1, dim: 0))
    let (q, k, w) = try (f.input("q"), f.input("k"), f.input("w"))
    let open = Tensor.ones([5, 5], dtype: .bool).lowerTriangle(diagonal: 1)
    f.check("attention", scaledDotProductAttention(query: q, key: k, value: w))
    f.check("causal", scaledDotProductAttention(query: q, key: k, value: w, causal: true))
    f.check("masked", scaledDotProductAttention(query: q, key: k, value: w, mask: open))
    f.check(
      "biased",
      scaledDotProductAttention(query: q, key: k, value: w, mask: open.to(.float32)))
    f.finish()
  }

  @Test func gradientsMatchDifferences() {
    let g = Generator(seed: 4)
    let x = Tensor.randn([2, 4], using: g, dtype: .float64)
    let scale = Tensor.randn([4], using: g, dtype: .float64)
    let weights = Tensor.randn([2, 4], using: g, dtype: .float64)
    expectGradientsMatchDifferences(at: [x, scale], "layerNorm") {
      (layerNorm($0[0], shape: [4], scale: $0[1]) * weights).sum()
    }
    expectGradientsMatchDifferences(at: [x, scale], "groupNorm") {
      (groupNorm($0[0], groups: 2, scale: $0[1]) * weights).sum()
    }
    expectGradientsMatchDifferences(at: [x, scale], "rmsNorm") {
      (rmsNorm($0[0], shape: [4], scale: $0[1]) * weights).sum()
    }
    expectGradientsMatchDifferences(at: [x], "normalized") {
      (normalized($0[0]) * weights).sum()
    }
  }
}

@Suite struct LossTests {
  @Test func lossesAreThoseOfPyTorch() throws {
    var f = try RecordedFamily("loss")
    let (x, y, u, j) = try (f.input("x"), f.input("y"), f.input("u"), f.input("j"))
    let (target, soft) = try (f.input("target"), f.input("soft"))
    let weight = try f.input("weight")
    for (name, way) in [("none", Reduction.none), ("mean", .mean), ("sum", .sum)] {
      f.check("mse_\(name)", squaredError(x, y, reduction: way))
      f.check("l1_\(name)", absoluteError(x, y, reduction: way))
      f.check("cross_\(name)", crossEntropy(logits: x, targets: target, reduction: way))
    }
    f.check("huber", huberLoss(x, y, delta: 0.5))
    f.check("smooth", smoothAbsoluteError(x, y, beta: 0.5))
    f.check("bce_logits", binaryCrossEntropy(logits: x, targets: soft))
    f.check("bce", binaryCrossEntropy(probabilities: u, targets: soft))
    f.check("bce_weighted", binaryCrossEntropy(logits: x, targets: soft, positiveWeight: weight))
    let logs = logSoftmax(x, dim: 1)
    f.check("nll", negativeLogLikelihood(logProbabilities: logs, targets: target))
    f.check("cross_ignored", crossEntropy(logits: x, targets: target, ignoring: 3))
    f.check("cross_smooth", crossEntropy(logits: x, targets: target, smoothing: 0.1))
    f.check("cross_weighted", crossEntropy(logits: x, targets: target, classWeights: weight))
    f.check("kl", divergenceTerm(logProbabilities: logs, targets: softmax(y, dim: 1)))
    f.check("poisson", poissonLoss(logRates: x, counts: j.to(.float32)))
    f.check("triplet", tripletLoss(anchor: x, positive: y, negative: x + 0.1 * y))
    f.finish()
  }

  @Test func crossEntropyOfEqualLogitsIsTheLogarithmOfTheClasses() {
    let loss = crossEntropy(
      logits: Tensor.zeros([2, 8], dtype: .float64), targets: Tensor([0, 5]))
    expectClose(loss, log(Tensor(8, dtype: .float64)))
  }
}
