// A new objective on an existing model, trained and measured.
//
//     swift run -c release RenyiBound
// EXTENDING begins
import Latent

/// Rényi's bound log E[w^(1 − α)]/(1 − α) on log p(x) from K draws, in nats; α = 0 is the IWAE.
///
/// **Source**: Li and Turner 2016, arXiv 1602.02311, equation 5.
struct RenyiBound: Objective {
  let alpha: Double
  let draws: Int

  func add(to terms: inout Terms, _ pass: Pass) {
    let weights = pass.model.logWeights(
      pass.targets, draws: draws, using: pass.step.generator
    ).values
    let bound = logMeanExp((1 - alpha) * weights, dim: 0) / (1 - alpha)
    terms.watch("elbo", weights.mean(), unit: .nats)
    terms.minimise("loss", -bound.mean(), unit: .nats)
  }
}

let alpha = ConfigKey("alpha", default: 0.5, in: .between(-10, 0.99), "Order of the bound.")
let recipe = AutoencoderRecipe(
  "renyi", "Variational autoencoder trained by Rényi's bound.",
  citations: [
    Citation(
      authors: "Li & Turner", title: "Rényi Divergence Variational Inference", year: 2016,
      arXiv: "1602.02311", place: "eq. 5")
  ], settings: ConfigSchema(alpha)
) { config, network, _ in
  VariationalMethod(network, objective: RenyiBound(alpha: config[alpha], draws: 5))
}
// EXTENDING ends

let digits = try DatasetRegistry.open("digits")
var request = TrainingRequest(
  recipe: recipe, config: Config(recipe.settings + TrainingSettings.schema), source: "digits",
  splits: digits, budget: .epochs(20))
request.parent = "runs"
let session = try TrainingSession(request) { _ in }
_ = try session.train()
if let method = session.method as? VariationalMethod {
  let elbo = try likelihoodMetrics(of: method, on: digits.test(), seed: 2)["elbo"]
  print("ELBO \(elbo?.value ?? .nan) nats an example, trained by Rényi's bound")
}
