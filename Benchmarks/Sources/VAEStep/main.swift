// Training steps of the VAE 784-400-20 on one batch, timed one by one.
//
//     vae-step START.safetensors STEPS THREADS
//
// START holds the weights under the model's own names and the batch as `examples`. A step is forward,
// ELBO, backward and fused Adam; its noise comes from a generator of seed 3. Prints
// {"losses": […], "milliseconds": […]}, one entry a step.
import Latent

guard CommandLine.arguments.count == 4, let steps = Int(CommandLine.arguments[2]),
  let threads = Int(CommandLine.arguments[3])
else { fatalError("usage: vae-step START.safetensors STEPS THREADS") }

try TorchRuntime.start(threads: threads)
let start = try Safetensors(path: CommandLine.arguments[1])
guard let examples = start.tensors["examples"] else { fatalError("START holds no `examples`") }
let network = denseVAE(
  exampleShape: [784], likelihood: BernoulliLikelihood(binarisation: .none),
  using: Generator(seed: 0))
try network.load(start.tensors.filter { $0.key != "examples" })
let method = VariationalMethod(network, objective: ELBO())
let optimizer = Optimizer(Adam(), for: network, learningRate: 1e-3)
let batch = Batch(examples: examples, indices: Array(0..<examples.size(0)))
let noise = Generator(seed: 3)

/// One update; returns the negative ELBO before it.
@MainActor func step(_ index: Int) -> Double {
  let place = Step(index: index, epoch: 0, exampleCount: batch.count, generator: noise)
  let (loss, gradients) = valueAndGradient(of: network) { _ in
    method.terms(batch, place).total() ?? Tensor(0)
  }
  optimizer.update(with: gradients)
  return loss.item()
}

var losses: [Double] = []
var milliseconds: [Double] = []
for index in 0..<steps {
  let begin = ContinuousClock.now
  losses.append(step(index))
  milliseconds.append((ContinuousClock.now - begin) / .milliseconds(1))
}
print(#"{"losses": \#(losses), "milliseconds": \#(milliseconds)}"#)
