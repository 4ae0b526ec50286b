// Trains a VAE on handwritten digits, measures it on the test part and draws from it.
//
//     swift run -c release TrainVAE
// README begins
import Latent

let digits = try DatasetRegistry.open("digits")
let shape = digits.train.schema.exampleShape
let method = VariationalMethod(
  denseVAE(exampleShape: shape, using: Generator(seed: 1)), objective: ELBO())
let trainer = Trainer(
  method: method, optimizer: Optimizer(Adam(), for: method.model, learningRate: 1e-3),
  data: digits, options: TrainingOptions(budget: .epochs(20)),
  folder: try RunFolder(in: "runs", recipe: "vae", data: "digits")
) { _ in }
_ = try trainer.run()

let metrics = try likelihoodMetrics(of: method, on: digits.test(), seed: 2)
let samples = method.sample(16, using: Generator(seed: 3))
// README ends

if let elbo = metrics["elbo"] {
  print("ELBO \(elbo.value) nats an example (95%: \(elbo.interval)); samples \(samples.shape)")
}
