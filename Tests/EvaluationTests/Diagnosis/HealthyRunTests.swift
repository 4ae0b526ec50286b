import Evaluation
import LatentCore
import Testing

/// Runs of different recipes that are well raise no severe finding.
@Suite(.serialized) struct HealthyRunTests {
  private static let dense = ["hidden=64", "latent=6"]

  static let plans: [TrainedRecipe.Plan] = [
    .init(recipe: "vae", settings: dense, steps: 500),
    .init(recipe: "iwae", settings: dense + ["draws=3"], steps: 400),
    .init(recipe: "cvae", settings: dense),
    .init(recipe: "hvae", settings: dense + ["top-hidden=32", "latent-top=4"]),
    .init(recipe: "flow-vae", settings: dense),
    .init(recipe: "beta-vae", settings: dense + ["beta=1.5"], steps: 600),
    .init(recipe: "beta-tcvae", settings: dense + ["beta=2"], steps: 600),
    .init(recipe: "dip-vae", settings: dense + ["lambda-od=1"], steps: 500),
    .init(recipe: "swae", settings: dense, steps: 500),
    .init(recipe: "info-vae", settings: dense + ["lambda=10"], steps: 500),
    .init(recipe: "wae-mmd", settings: dense + ["likelihood=gaussian", "sigma=0.2"], steps: 500),
    .init(recipe: "gumbel-vae", settings: ["hidden=64", "latent=8", "classes=6"], steps: 600),
    .init(recipe: "semi-supervised-vae", settings: dense),
    .init(
      recipe: "vq-vae",
      settings: ["entries=32", "code-size=8", "channels=12", "prior-width=8", "prior-blocks=1"],
      steps: 250),
  ]

  @Test(arguments: plans) func nothingSevereIsFound(plan: TrainedRecipe.Plan) throws {
    let run = try TrainedRecipe(plan)
    let found = try run.diagnosis()
    let severe = found.findings.filter { $0.severity == .severe }
    #expect(severe == [], "\(plan)")
    #expect(found.passed.count >= 4, "\(plan): \(found)")
  }

  @Test func aDiagnosisIsAFunctionOfModelDataAndSeed() throws {
    let plan = TrainedRecipe.Plan(recipe: "vae", settings: Self.dense, steps: 100)
    let (one, two) = try (TrainedRecipe(plan).diagnosis(), TrainedRecipe(plan).diagnosis())
    #expect(one == two && one.skipped == ["codebook"])
    #expect(Set(one.passed).isDisjoint(with: one.skipped))
  }
}
