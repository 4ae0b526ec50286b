import Datasets
import LatentCore
import LatentLearning
import LatentModels
import LatentNN
import Torch

try TorchRuntime.start(threads: 2)
let g = Generator(seed: 0)
let vae = VariationalAutoencoder(VAEConfig(exampleShape: [1, 28, 28]), using: g)
let method = VAEMethod(vae, binarisation: .none)
let optimizer = Optimizer(Adam(), for: vae, learningRate: 1e-3)
let x = Tensor.bernoulli(Tensor.rand([128, 1, 28, 28], using: g), using: g)
let batch = Batch(examples: x, indices: Array(0..<128))
@MainActor func step(_ i: Int) -> Double {
  let place = Step(index: i, epoch: 0, exampleCount: 60000, generator: g)
  let (_, terms, gradients) = valueAndGradient(of: method.model) { _ in
    let terms = method.terms(batch, place)
    return (terms.total() ?? Tensor(0), terms.numbers)
  }
  optimizer.update(with: gradients)
  return terms[0].value
}
for i in 0..<50 { _ = step(i) }
var times: [Double] = []
let base = Memory.resident ?? 0
for i in 0..<2000 {
  let t = ContinuousClock.now
  _ = step(i)
  let d = t.duration(to: .now).components
  times.append(Double(d.seconds) * 1e3 + Double(d.attoseconds) * 1e-15)
}
times.sort()
print("median", times[1000], "min", times[0], "growth MB", Double((Memory.resident ?? 0) - base) / 1e6)
