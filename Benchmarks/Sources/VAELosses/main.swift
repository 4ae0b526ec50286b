// The loss of each of the first steps of `latent train vae --data mnist`, as the trainer reports it.
//
//     LATENT_DATA=FOLDER vae-losses SEED STEPS THREADS
//
// Prints {"losses": […]}: the negative ELBO in nats before each update.
import Latent

guard CommandLine.arguments.count == 4, let seed = UInt64(CommandLine.arguments[1]),
  let steps = Int(CommandLine.arguments[2]), let threads = Int(CommandLine.arguments[3]),
  let recipe = Recipes.named("vae")
else { fatalError("usage: vae-losses SEED STEPS THREADS") }

try TorchRuntime.start(threads: threads)
let mnist = try DatasetRegistry.open("mnist")
let initial = Generator(seed: SeedPurpose.initialisation.seed(for: seed))
let method = try recipe.make(
  Config(recipe.settings), data: mnist.train.schema, using: initial)
var options = TrainingOptions(budget: .steps(steps))
options.seed = seed
options.logInterval = 1

var losses: [Double] = []
let trainer = Trainer(
  method: method, optimizer: Optimizer(Adam(), for: method.model, learningRate: 1e-3), data: mnist,
  options: options, folder: try RunFolder(in: ".build/runs", recipe: "vae", data: "mnist")
) { notice in
  guard case .progress(let progress) = notice else { return }
  losses.append(progress.terms.filter { $0.name != "elbo" }.reduce(0) { $0 + $1.value })
}
_ = try trainer.run()
print(#"{"losses": \#(losses)}"#)
