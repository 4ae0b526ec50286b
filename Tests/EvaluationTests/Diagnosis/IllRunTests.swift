import Datasets
import Evaluation
import LatentCore
import LatentModels
import LatentNN
import Testing
import Torch

/// Runs made ill on purpose, each named by its own finding with a remedy that its recipe takes.
@Suite(.serialized) struct IllRunTests {
  typealias Plan = TrainedRecipe.Plan
  private static let dense = ["hidden=64", "latent=6"]

  /// A finding that a run must have, of this severity or more, and the settings that it must offer.
  struct Illness: Sendable, CustomStringConvertible {
    let id: String
    let severity: Finding.Severity
    let remedy: [String]
    let plan: Plan
    var description: String { "\(id) of \(plan)" }
  }

  /// Ill by their settings alone.
  static let illnesses: [Illness] = [
    .init(
      id: "posterior-collapse", severity: .severe, remedy: ["beta=1"],
      plan: Plan(recipe: "vae", settings: dense + ["beta=30"])),
    .init(
      id: "posterior-collapse", severity: .severe, remedy: ["decoder=independent"],
      plan: Plan(
        recipe: "info-vae",
        settings: ["hidden=16", "latent=4", "decoder=pixelcnn", "levels=2", "alpha=0", "lambda=1"],
        steps: 120, examples: 300, isSmall: true)),
    .init(
      id: "passive-units", severity: .warning, remedy: [],
      plan: Plan(recipe: "beta-vae", settings: ["hidden=64", "latent=16", "beta=1.5"], steps: 600)),
    .init(
      id: "dead-codes", severity: .severe, remedy: ["restart-below=0.02"],
      plan: Plan(
        recipe: "vq-vae",
        settings: [
          "entries=256", "code-size=8", "channels=12", "prior-width=8", "prior-blocks=1",
          "k-means=false", "restart-below=0", "codebook=gradient",
        ], steps: 150)),
    .init(
      id: "saturated-code", severity: .severe, remedy: ["beta=1"],
      plan: Plan(
        recipe: "gumbel-vae",
        settings: ["hidden=64", "latent=8", "classes=6", "beta=20", "prior=learned"])),
    .init(
      id: "aggregate-mismatch", severity: .severe, remedy: ["lambda=10.0"],
      plan: Plan(
        recipe: "wae-mmd",
        settings: ["hidden=64", "latent=16", "lambda=0", "likelihood=gaussian", "sigma=0.2"])),
    .init(
      id: "prior-holes", severity: .severe, remedy: ["lambda=10.0"],
      plan: Plan(recipe: "swae", settings: ["hidden=64", "latent=16", "lambda=0"])),
    .init(
      id: "mode-collapse", severity: .warning, remedy: ["beta=1"],
      plan: Plan(recipe: "vae", settings: dense + ["beta=0.00001"], steps: 500, rate: 0.005)),
    .init(
      id: "wrong-scale", severity: .severe, remedy: [],
      plan: Plan(recipe: "vae", settings: dense + ["likelihood=gaussian", "sigma=3"], steps: 200)),
    .init(
      id: "not-a-likelihood", severity: .warning, remedy: ["likelihood=continuous-bernoulli"],
      plan: Plan(recipe: "iwae", settings: dense + ["draws=2", "binarise=none"], steps: 100)),
    .init(
      id: "overfitting", severity: .severe, remedy: ["patience=5", "weight-decay=0.01"],
      plan: Plan(
        recipe: "vae", settings: ["hidden=128", "latent=16", "binarise=threshold", "beta=0.1"],
        steps: 1200, rate: 0.005, examples: 64)),
  ]

  private static func expect(
    _ id: String, _ severity: Finding.Severity, in found: Diagnosis
  ) throws -> Finding {
    let finding = try #require(found.findings.first { $0.id == id }, "\(found)")
    #expect(finding.severity >= severity, "\(finding)")
    #expect(!finding.evidence.isEmpty && !finding.problem.isEmpty && !finding.remedy.isEmpty)
    return finding
  }

  /// Every setting that is offered can be pasted: the recipe makes a method of it.
  private static func expectPasteable(_ found: Diagnosis, _ run: TrainedRecipe) throws {
    let recipe = try #require(Recipes.named(run.plan.recipe))
    for finding in found.findings {
      var config = run.config
      for setting in finding.settings { try config.set(setting) }
      #expect(finding.settings.isEmpty || config != run.config, "\(finding) changes nothing")
      _ = try recipe.make(config, data: run.train.schema, using: Generator(seed: 1))
    }
  }

  @Test(arguments: illnesses) func itIsNamed(illness: Illness) throws {
    let run = try TrainedRecipe(illness.plan)
    let found = try run.diagnosis()
    let finding = try Self.expect(illness.id, illness.severity, in: found)
    if !illness.remedy.isEmpty { #expect(finding.settings == illness.remedy) }
    #expect(!finding.settings.isEmpty)
    try Self.expectPasteable(found, run)
  }

  /// The remedy of a wrong scale is the residuals' own size, and heals.
  @Test func theScaleThatIsOfferedFits() throws {
    let plan = Self.illnesses.first { $0.id == "wrong-scale" }?.plan
    let run = try TrainedRecipe(#require(plan))
    let found = try Self.expect("wrong-scale", .severe, in: run.diagnosis())
    var healed = try #require(plan)
    healed.settings.removeLast()
    healed.settings += found.settings
    let again = try TrainedRecipe(healed).diagnosis()
    #expect(!again.ids().contains("wrong-scale"), "\(found.settings): \(again.findings)")
  }

  /// An encoder that was never trained, before a decoder that was.
  @Test func aFrozenEncoder() throws {
    var plan = Plan(recipe: "vae", settings: Self.dense)
    let run = try TrainedRecipe(plan)
    plan.steps = 0
    let fresh = try TrainedRecipe(plan).method.model.state
    try run.replace(
      fresh.filter { !$0.key.hasPrefix("decoder.") }.mapValues { value in { _ in value } })
    let found = try run.diagnosis()
    let finding = try Self.expect("encoder-gap", .severe, in: found)
    #expect(finding.settings == ["hidden=128,128"])
    try Self.expectPasteable(found, run)
  }

  @Test func testExamplesInTheTrainingPart() throws {
    let run = try TrainedRecipe(Plan(recipe: "vae", settings: Self.dense, steps: 50))
    let found = try run.diagnosis(held: Subset(of: run.train, at: Array(0..<300)))
    #expect(try Self.expect("leakage", .severe, in: found).settings == [])
    #expect(!(try run.diagnosis().ids().contains("leakage")))
  }

  /// A decoder that was cut off from its code, which the encoder goes on to write.
  @Test func aDecoderWithoutItsCode() throws {
    let run = try TrainedRecipe(Plan(recipe: "vae", settings: Self.dense))
    try run.replace(["decoder.network.layers.0.weight": { Tensor.zeros(like: $0) }])
    let found = try run.diagnosis()
    #expect(try Self.expect("decoder-ignores-code", .severe, in: found).settings != [])
    #expect(!found.ids().contains("posterior-collapse"), "the codes are as informative as before")
    try Self.expectPasteable(found, run)
  }

  /// One axis that the encoder pays for and the decoder does not read.
  @Test func anAxisThatIsNotRead() throws {
    let run = try TrainedRecipe(Plan(recipe: "vae", settings: Self.dense))
    let column = Tensor([1.0, 1, 0, 1, 1, 1], dtype: .float32)
    try run.replace(["decoder.network.layers.0.weight": { $0 * column }])
    let found = try run.diagnosis()
    let finding = try Self.expect("idle-axes", .warning, in: found)
    #expect(finding.evidence[0].name == "KL of axis 2" && finding.settings == ["beta=2.0"])
  }

  /// A prior that is the posteriors of training examples, before a decoder that knows them by heart.
  @Test func aSamplerThatCopies() throws {
    let plan = Plan(
      recipe: "vae",
      settings: [
        "hidden=256", "latent=16", "prior=vamp", "prior-components=200", "beta=0.001",
        "likelihood=gaussian", "sigma=0.1",
      ], steps: 700, examples: 200)
    let run = try TrainedRecipe(plan)
    let examples = try run.train.batch(Array(0..<200)).examples
    try run.replace(["bottleneck.prior.raw": { _ in Self.raw(examples) }])
    let found = try run.diagnosis()
    #expect(
      try Self.expect("memorisation", .severe, in: found).settings == [
        "patience=5", "weight-decay=0.01",
      ])
  }

  /// What a sigmoid makes these values of.
  private static func raw(_ examples: Tensor) -> Tensor {
    let inside = examples.clamped(min: 1e-4, max: 1 - 1e-4)
    return log(inside) - log(1 - inside)
  }
}
