import FoundationEssentials
import LatentCore
import LatentModels
import Runs
import Testing

@Suite struct SettingsTests {
  /// What `run.json` holds as texts means the same settings when it is read.
  @Test func aRecordedConfigReadsBack() throws {
    try withTemporaryFolder { folder in
      let settings = [
        "hidden=7,5", "latent=3", "beta=0.1", "learning-rate=1e-7", "optimizer=lion",
        "schedule=cosine", "warmup=3", "weight-decay=0.3333333333333333", "clip=2.5",
        "binarise=threshold", "checkpoint-seconds=0.25", "validate-every=2", "patience=9",
        "accumulate=3", "ema=0.99", "kl-annealing=cyclical", "kl-warmup=2", "kl-cycles=3",
        "kl-proportion=0.25", "free-bits=0.0625", "divergence-limit=1e6", "final-rate=0.5",
        "decay-every=4", "decay-factor=0.7", "schedule-steps=100", "precision=float32",
      ]
      let request = try smallRequest(in: folder, name: "run", steps: 1, set: settings)
      let session = try TrainingSession(request) { _ in }
      let opened = try OpenedRun(session.folder.path, recipes: Recipes.all)
      #expect(opened.config == request.config)
      #expect(opened.record.config.count == request.config.schema.fields.count)
      #expect(opened.record.config["hidden"] == "7,5")
    }
  }

  /// `--set` names one thing.
  @Test(arguments: Recipes.all.map(\.name)) func noRecipeHasASettingOfTheTraining(name: String) {
    let own = Recipes.named(name)?.settings.fields.map(\.name) ?? []
    let shared = Set(TrainingSettings.schema.fields.map(\.name))
    #expect(own.filter(shared.contains) == [])
  }

  @Test(arguments: [Budget.epochs(10), .steps(500), .minutes(2.5), .minutes(1e-7)])
  func budgetsReadBack(budget: Budget) {
    #expect(Budget("\(budget)") == budget)
  }

  @Test(arguments: ["", "steps", "steps=", "steps=x", "hours=3", "steps=1=2"])
  func otherTextsAreNoBudget(text: String) {
    #expect(Budget(text) == nil)
  }

  @Test func meansAreWeightedByTheBatches() {
    var means = RunningMeans()
    #expect(means.isEmpty)
    means.add([("a", "nat", 1), ("b", "", 10)], count: 3)
    means.add([("a", "nat", 5), ("b", "", 20)], count: 1)
    #expect(means.quantities["a"] == .init(value: 2, unit: "nat"))
    #expect(means.quantities["b"] == .init(value: 12.5, unit: ""))
    #expect(means.means.map(\.name) == ["a", "b"])
  }

  /// A method that trains one part after the other changes its terms between two lines of the log.
  @Test func aTermsMeanIsOverTheBatchesThatHadIt() throws {
    var means = RunningMeans()
    means.add([("a", "nat", 1), ("b", "", 10)], count: 3)
    means.add([("b", "", 20), ("c", "", 7)], count: 1)
    let read = try JSONDecoder().decode(RunningMeans.self, from: JSONEncoder().encode(means))
    #expect(read == means)
    means.add([("c", "", 11)], count: 3)
    #expect(means.means.map(\.name) == ["a", "b", "c"])
    #expect(means.means.map(\.value) == [1, 12.5, 10])
    means.totals = zip(means.totals, means.totals).map { $0 + $1 }
    #expect(means.means.map(\.value) == [1, 12.5, 10])
  }
}
