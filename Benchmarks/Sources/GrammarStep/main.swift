// What the grammar costs: training steps of the VAE 784-400-20 through recipes' objective, and by hand.
//
//     grammar-step both|grammar|hand STEPS THREADS
//
// Both sides have the same weights, batch, noise and fused Adam; by hand the loss is written straight on
// tensors. `both` takes turns step by step, so that what else runs on the machine slows both alike, and
// prints {"losses": {side: […]}, "milliseconds": {side: […]}}. With one side alone the program is for counting instructions:
// the difference of the counts at two numbers of steps is that of the steps.
import Latent

guard CommandLine.arguments.count == 4, let steps = Int(CommandLine.arguments[2]),
  let threads = Int(CommandLine.arguments[3])
else { fatalError("usage: grammar-step both|grammar|hand STEPS THREADS") }
let sides = CommandLine.arguments[1] == "both" ? ["grammar", "hand"] : [CommandLine.arguments[1]]

/// The parameters of the network as plain tensors with names, without layers.
final class Weights: Module {
  let tensors: [String: Parameter]
  init(_ state: [String: Tensor]) { tensors = state.mapValues { Parameter($0) } }
  func callAsFunction(_ x: Tensor, _ layer: String) -> Tensor {
    guard let weight = tensors["\(layer).weight"], let bias = tensors["\(layer).bias"] else {
      fatalError("no layer \(layer) in \(tensors.keys.sorted())")
    }
    return linear(x, weight: weight.value, bias: bias.value)
  }
}

try TorchRuntime.start(threads: threads)
let network = denseVAE(
  exampleShape: [784], likelihood: BernoulliLikelihood(binarisation: .none),
  using: Generator(seed: 0))
let weights = Weights(network.state)
let pixels = Tensor.full([128, 784], 0.2)
let batch = Batch(
  examples: Tensor.bernoulli(pixels, using: Generator(seed: 1)), indices: Array(0..<128))
let method = VariationalMethod(network, objective: ELBO())
let optimizers = [
  "grammar": Optimizer(Adam(), for: network, learningRate: 1e-3),
  "hand": Optimizer(Adam(), for: weights, learningRate: 1e-3),
]
let noise = ["grammar": Generator(seed: 3), "hand": Generator(seed: 3)]

/// −ELBO as one would write it for this network alone.
@MainActor func byHand(_ generator: Generator) -> Tensor {
  let x = batch.examples
  let parts = weights(relu(weights(x, "encoder.layers.1")), "bottleneck.moments").chunked(2, dim: 1)
  let z = parts[0] + exp(0.5 * parts[1]) * Tensor.randn(parts[0].shape, using: generator)
  let hidden = relu(weights(z, "decoder.network.layers.0"))
  let logits = weights(hidden, "decoder.network.layers.2")
  let distortion = binaryCrossEntropy(logits: logits, targets: x, reduction: .sum)
  let rate = 0.5 * (squared(parts[0]) + exp(parts[1]) - parts[1] - 1).sum()
  return (distortion + rate) / batch.count
}

/// One update of a side; returns its loss before it.
@MainActor func step(_ side: String, _ index: Int) -> Double {
  guard let generator = noise[side], let optimizer = optimizers[side] else {
    fatalError("usage: grammar-step both|grammar|hand STEPS THREADS")
  }
  let place = Step(index: index, epoch: 0, exampleCount: batch.count, generator: generator)
  let (loss, gradients) =
    side == "hand"
    ? valueAndGradient(of: weights) { _ in byHand(generator) }
    : valueAndGradient(of: network) { _ in method.terms(batch, place).total() ?? Tensor(0) }
  optimizer.update(with: gradients)
  return loss.item()
}

var losses: [String: [Double]] = [:]
var milliseconds: [String: [Double]] = [:]
for index in 0..<steps {
  for side in index.isMultiple(of: 2) ? sides : sides.reversed() {
    let begin = ContinuousClock.now
    losses[side, default: []].append(step(side, index))
    milliseconds[side, default: []].append((ContinuousClock.now - begin) / .milliseconds(1))
  }
}
func json(_ table: [String: [Double]]) -> String {
  "{" + table.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
}
print("{\"losses\": \(json(losses)), \"milliseconds\": \(json(milliseconds))}")
