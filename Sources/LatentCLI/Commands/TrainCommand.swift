import Datasets
import LatentCore
import LatentModels
import Runs

/// `latent train`.
struct TrainCommand: Command {
  static let summary = CommandSummary(
    "train", "Train a recipe on data and write a run folder with a report.",
    discussion: """
      The data is a built-in name, the name of a known set under $LATENT_DATA, or a path. The run \
      folder holds config, seed, weights, the log of all terms, figures and report.html.

      Ctrl-C finishes the step, keeps everything and says how to go on. The settings of a recipe: \
      latent list recipes RECIPE.
      """,
    examples: [
      .init("latent train vae --data digits", "trains on the digits that come with the package"),
      .init(
        "latent train vae --data mnist --epochs 10 --set latent=10",
        "MNIST from $LATENT_DATA, ten code dimensions"),
      .init("latent train vae --data digits --steps 200 --out /tmp/runs", "a quick look"),
    ])

  @Argument("Recipe to train; latent list recipes shows them.") var recipe: String
  @Option("Where the data comes from.", value: "source") var data: String
  @Option(
    "Set a key of the recipe or of the training; may be repeated.", name: "set", value: "key=value")
  var settings: [String]
  @Option("Passes over the training data.", value: "n", check: .atLeast(1)) var epochs: Int?
  @Option("Updates.", value: "n", check: .atLeast(1)) var steps: Int?
  @Option("Minutes at work.", value: "m", check: .above(0)) var minutes: Double?
  @Option("Number that all randomness comes from.", value: "n", check: .atLeast(0)) var seed = 0
  @OptionGroup("Place") var place: PlaceOptions

  func run(_ console: Console) throws {
    guard let recipe = Recipes.named(self.recipe) else {
      throw CommandError.unknown(
        "recipe", self.recipe, among: Recipes.all.map(\.name), listing: "latent list recipes")
    }
    var config = Config(recipe.settings + TrainingSettings.schema)
    for setting in settings { try config.set(setting) }
    let budget = try self.budget()
    if let name = place.name { try check(runName: name) }
    try place.withDevice {
      let splits = try DatasetRegistry.open(data)
      var request = TrainingRequest(recipe: recipe, config: config, source: data, splits: splits)
      request.budget = budget
      request.seed = UInt64(seed)
      request.parent = place.out.text
      request.name = place.name
      request.commandLine = CommandLine.arguments
      let view = TrainingView(console)
      StopRequest.listen()
      let session = try console.showingReads {
        try TrainingSession(request, observe: view.show)
      }
      try finish(session, view: view, console: console)
    }
  }

  private func budget() throws -> Budget? {
    let all = [epochs.map(Budget.epochs), steps.map(Budget.steps), minutes.map(Budget.minutes)]
    let given = all.compactMap { $0 }
    guard given.count <= 1 else {
      let words = given.map { "--\("\($0)".split(separator: "=")[0])" }
      throw CommandError.usage(
        "expected one budget, found \(words.joined(separator: " and "))", remedy: "keep one of them"
      )
    }
    return given.first
  }
}

/// A name is one part of a path, so that the run is found again in the folder of runs.
func check(runName name: String) throws {
  guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/") else {
    throw CommandError.usage(
      "--name: expected a folder's name without '/' that does not begin with '.', found '\(name)'",
      remedy: "choose the place with --out")
  }
}

/// `latent resume`.
struct ResumeCommand: Command {
  static let summary = CommandSummary(
    "resume", "Go on with a run that was interrupted, bit for bit.",
    examples: [.init("latent resume runs/2026-11-20-vae-digits-a3f9", "goes on to its budget")])

  @Argument("Run folder.", completion: .folders) var run: Path
  @OptionGroup("Place") var place: RunDeviceOptions

  func run(_ console: Console) throws {
    let record = try RunFolder(existing: run.text).record()
    try place.withDevice(of: record) {
      let opened = try OpenedRun(run.text, recipes: Recipes.all)
      let view = TrainingView(console)
      StopRequest.listen()
      let session = try console.showingReads {
        try TrainingSession(resuming: opened, observe: view.show)
      }
      try finish(session, view: view, console: console)
    }
  }
}

/// Trains a session to its end, evaluates, draws, reports, and says where everything is.
private func finish(_ session: TrainingSession, view: TrainingView, console: Console) throws {
  console.note("run \(session.folder.path)")
  let outcome = try session.train()
  view.end()
  switch outcome {
  case .finished:
    let results = try RunResults(session)
    try results.write(to: session.folder)
    results.show(on: console, folder: session.folder)
  case .interrupted:
    console.note("interrupted, resume with: latent resume \(session.folder.path)")
    console.report(["run": .string(session.folder.path), "status": "interrupted"])
  case .diverged(let what, let step):
    throw CommandError.failed(
      "\(what) was no finite number after step \(step); the last good checkpoint is "
        + session.folder.file("checkpoints/last.safetensors"),
      remedy: "try --set learning-rate=\(halved(session.config)) or --set clip=1")
  }
}

private func halved(_ config: Config) -> String {
  guard case .double(let rate)? = config.json["learning-rate"] else { return "1e-4" }
  return "\(rate / 2)"
}
