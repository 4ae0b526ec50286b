import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Testing
import Torch
import _TestSupport

/// What goes through the grammar is what one would write by hand; `Benchmarks/grammar.py` measures the price.
@Suite struct HandWrittenTests {
  /// The network's numbers without its layers.
  final class Weights: Module {
    let tensors: [String: Parameter]

    init(_ state: [String: Tensor]) { tensors = state.mapValues { Parameter($0) } }

    func affine(_ x: Tensor, _ layer: String) throws -> Tensor {
      let weight = try #require(tensors["\(layer).weight"])
      return linear(x, weight: weight.value, bias: try #require(tensors["\(layer).bias"]).value)
    }

    /// −ELBO, mean over the batch.
    func loss(_ x: Tensor, using generator: Generator) throws -> Tensor {
      let moments = try affine(relu(try affine(x, "encoder.layers.1")), "bottleneck.moments")
      let parts = moments.chunked(2, dim: 1)
      let z = parts[0] + exp(0.5 * parts[1]) * Tensor.randn(parts[0].shape, using: generator)
      let hidden = relu(try affine(z, "decoder.network.layers.0"))
      let logits = try affine(hidden, "decoder.network.layers.2")
      let distortion = binaryCrossEntropy(logits: logits, targets: x, reduction: .sum)
      let rate = 0.5 * (squared(parts[0]) + exp(parts[1]) - parts[1] - 1).sum()
      return (distortion + rate) / x.size(0)
    }
  }

  @Test func lossesOfTrainingAreThoseOfTheSameWrittenByHand() throws {
    let network = denseVAE(
      exampleShape: [64], hidden: [48], latent: 6,
      likelihood: BernoulliLikelihood(binarisation: .none), using: Generator(seed: 1))
    let weights = Weights(network.state)
    let method = VariationalMethod(network, objective: ELBO())
    let examples = Tensor.bernoulli(Tensor.full([32, 64], 0.3), using: Generator(seed: 2))
    let batch = Batch(examples: examples, indices: Array(0..<32))
    let (ours, theirs) = (Generator(seed: 3), Generator(seed: 3))
    let optimizer = Optimizer(Adam(), for: network, learningRate: 1e-3)
    let other = Optimizer(Adam(), for: weights, learningRate: 1e-3)
    for index in 0..<30 {
      let place = Step(index: index, epoch: 0, exampleCount: 32, generator: ours)
      let (loss, gradients) = valueAndGradient(of: network) { _ in
        method.terms(batch, place).total() ?? Tensor(0)
      }
      let (expected, slopes) = try valueAndGradient(of: weights) {
        try $0.loss(examples, using: theirs)
      }
      let difference = abs(loss.item() - expected.item())
      #expect(difference <= 1e-6 * abs(expected.item()), "step \(index)")
      optimizer.update(with: gradients)
      other.update(with: slopes)
    }
  }
}
