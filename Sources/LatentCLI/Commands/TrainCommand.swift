import Datasets
import LatentCore
import LatentModels
import Runs
import Torch

/// `latent train`.
struct TrainCommand: Command {
  static let summary = CommandSummary(
    "train", "Train a recipe on data and write a run folder with a report.",
    discussion: """
      The data is a built-in name, the name of a known set under $LATENT_DATA, or a path. The run \
      folder holds config, seed, weights, the log of all terms, figures and report.html.

      In place of the recipe a JSON5 file may stand that holds arguments and options by name: \
      { recipe: "vae", data: "digits", epochs: 5, set: { latent: 10 } }. What the command line says \
      wins. --print-config writes such a file, and --like takes everything from a run.

      Ctrl-C finishes the step, keeps everything and says how to go on. The settings of a recipe: \
      latent list recipes RECIPE.

      Under mpirun -n 4 four processes train one model, each with its rows of every batch: \
      docs/PARALLEL.md.
      """,
    examples: [
      .init("latent train vae --data digits", "trains on the digits that come with the package"),
      .init(
        "latent train vae --data mnist --epochs 10 --set latent=10",
        "MNIST from $LATENT_DATA, ten code dimensions"),
      .init("latent train vae --data digits --steps 200 --out /tmp/runs", "a quick look"),
      .init(
        "latent train vae --data digits --set kl-annealing=cyclical --set ema=0.999",
        "four cycles of KL annealing, averaged weights"),
      .init("latent train vae --data mnist --epochs 50 --dry-run", "what that would take"),
      .init(
        "latent train vae --data digits --print-config > run.json5",
        "every setting as a file, to be changed and given to latent train run.json5"),
      .init("latent train --like RUN --seed 1", "the same once more with another seed"),
    ])

  @OptionGroup var learning: LearningOptions
  @Option("Number that all randomness comes from.", value: "n", check: .atLeast(0)) var seed = 0
  @Option("Run to take recipe, data, seed, budget, settings and place from.", value: "run")
  var like: RunArguments?
  @Flag("Print everything that decides the result as a JSON5 file, and do not train.")
  var printConfig
  @Flag("Try at least 20 steps, say what the whole would take, and write nothing.") var dryRun
  @OptionGroup("Budget, the recipe's own if left out") var budget: BudgetOptions
  @OptionGroup("Place") var place: PlaceOptions

  func run(_ console: Console) throws {
    let recipe = try requiredRecipe(learning.recipe.name)
    let config = try learning.config(for: recipe)
    if let name = place.name { try check(runName: name) }
    let team = console.team
    if printConfig || dryRun, team?.leads == false { return }
    // Before the device is looked for: what one process lacks is said by the first.
    if !printConfig, !dryRun { try team?.join() }
    try place.withDevice {
      try team?.connectDevices(console)
      let splits = try recipe.form(DatasetRegistry.open(learning.data))
      var request = TrainingRequest(
        recipe: recipe, config: config, source: learning.data, splits: splits)
      request.budget = budget.value
      request.seed = UInt64(seed)
      request.parent = place.out.text
      request.name = place.name
      request.commandLine = CommandLine.arguments
      request.group = team?.group
      if printConfig { return print(request, on: console) }
      if dryRun { return try showCost(of: request, on: console) }
      try compare(request, on: console)
      let view = TrainingView(console)
      StopRequest.listen()
      let session = try console.showingReads {
        try TrainingSession(request, observe: view.show)
      }
      try finish(session, view: view, console: console)
    }
  }

  private func print(_ request: TrainingRequest, on console: Console) {
    let file = TrainingFile(request, device: place.device, threads: TorchRuntime.threads)
    console.print(file.text)
    console.report(file.json)
  }

  /// Says so where the data are no longer those of the run that is trained again.
  private func compare(_ request: TrainingRequest, on console: Console) throws {
    guard let run = try like?.record(), run.data.source == request.source else { return }
    let found = try request.splits.fingerprint
    guard found != run.data.fingerprint else { return }
    console.note(
      "note: \(request.source) has changed since \(like?.path.text ?? "the run"): "
        + "expected \(run.data.fingerprint), found \(found)")
  }
}

/// How long to train; at most one of them.
struct BudgetOptions: ArgumentGroup {
  static let isExclusive = true

  @Option("Passes over the training data.", value: "n", check: .atLeast(1)) var epochs: Int?
  @Option("Updates.", value: "n", check: .atLeast(1)) var steps: Int?
  @Option("Minutes at work.", value: "m", check: .above(0)) var minutes: Double?

  /// What was given, or nil.
  var value: Budget? {
    epochs.map { .epochs($0) } ?? steps.map { .steps($0) } ?? minutes.map { .minutes($0) }
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
    discussion: """
      Under mpirun it goes on with as many processes as there are, however many it began with: \
      docs/PARALLEL.md.
      """,
    examples: [.init("latent resume runs/2026-11-20-vae-digits-a3f9", "goes on to its budget")])

  @Argument("Run folder.", completion: .folders) var run: Path
  @OptionGroup("Place") var place: RunDeviceOptions

  func run(_ console: Console) throws {
    let record = try RunFolder(existing: run.text).record()
    try console.team?.join()
    try place.withDevice(of: record) {
      try console.team?.connectDevices(console)
      let opened = try OpenedRun(run.text, recipes: Recipes.all)
      let view = TrainingView(console)
      StopRequest.listen()
      let session = try console.showingReads {
        try TrainingSession(
          resuming: opened, group: console.team?.group, observe: view.show)
      }
      try finish(session, view: view, console: console)
    }
  }
}

/// Trains a session to its end, evaluates, draws, reports, and says where everything is.
private func finish(_ session: TrainingSession, view: TrainingView, console: Console) throws {
  console.note("run \(session.folder.path)")
  console.team?.introduce(session, on: console)
  let outcome = try session.train()
  view.end()
  guard console.team?.leads ?? true else { return }
  switch outcome {
  case .finished:
    try withDevice(.cpu) {
      let results = try RunResults(session)
      try results.write(to: session.folder)
      results.show(on: console, folder: session.folder)
    }
  case .interrupted:
    console.note("interrupted, resume with: latent resume \(session.folder.path)")
    console.report(["run": .string(session.folder.path), "status": "interrupted"])
  case .diverged(let what, let step, let lastGood):
    throw CommandError.failed(
      "\(what) after step \(step); the last good checkpoint is "
        + "\(session.folder.file("checkpoints/last.safetensors")) of step \(lastGood)",
      remedy: divergenceRemedy(session.config))
  }
}

/// What helps against a loss that diverges.
func divergenceRemedy(_ config: Config) -> String {
  "try --set learning-rate=\(halved(config)) or --set clip=1"
}

private func halved(_ config: Config) -> String {
  guard case .double(let rate)? = config.json["learning-rate"] else { return "1e-4" }
  return "\(rate / 2)"
}
