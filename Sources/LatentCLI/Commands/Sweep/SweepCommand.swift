import Datasets
import LatentCore
import LatentModels
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// `latent sweep`.
///
/// It starts itself for each run that is trained beside others, with the sweep's folder in the variable
/// `workerVariable`; such a process does what `SweepWorker` says and nothing else.
struct SweepCommand: Command {
  static let workerVariable = "LATENT_SWEEP_WORKER"

  static let summary = CommandSummary(
    "sweep", "Train a recipe for every choice of settings and every seed, and say what is best.",
    discussion: """
      Every choice of one value from each --grid is trained with every seed. Each run is a run folder as \
      latent train writes it, within the sweep's folder, and has the bits that latent train gives with \
      the same settings and --threads, however many runs are trained at a time.

      The same command again goes on: runs that are finished are skipped, others go on from their last \
      checkpoint, those that failed are tried again. So does --resume with the sweep's folder. Ctrl-C keeps everything. A \
      run that fails stops no other; it is named at the end and the exit code is 1.

      At the end stand means over seeds of the test metrics with 95 % intervals, and report.html with the curves \
      of all runs. A run has its own report with --reports, or later by latent report RUN.

      In place of the recipe a JSON5 file may stand: { recipe: "vae", data: \
      "digits", seeds: 3, grid: { beta: [1, 4] } }.
      """,
    examples: [
      .init("latent sweep vae --data mnist --grid beta=1,2,4 --seeds 5", "fifteen runs"),
      .init(
        "latent sweep vae --data digits --grid beta=1,4 --grid latent=2,8 --seeds 0..4 --epochs 20",
        "two settings, five seeds"),
      .init(
        "latent sweep vae --data digits --grid hidden=[400],[400,200] --dry-run",
        "lists as values; what that would take"),
      .init("latent sweep --resume runs/sweep-vae-mnist-3fa9c1d2", "goes on"),
    ])

  @OptionGroup var learning: LearningOptions
  @Option(
    "Values of a setting of the recipe or of the training; may be repeated.", name: "grid",
    value: "key=a,b,c", completion: .keys(Recipes.keys))
  var grid: [GridAxis]
  @Option(
    "Seeds of each choice: how many, a list, or a range; seed 0 if left out.",
    value: "n | a,b | a..b")
  var seeds: SeedList?
  @Option("Sweep to go on with, in place of everything else.", value: "folder")
  var resume: SweepArguments?
  @Flag("Write a report for each run, with pictures and a diagnosis, as latent train does.")
  var reports
  @Flag("Try at least 20 steps of each choice, say what the whole would take, and write nothing.")
  var dryRun
  @OptionGroup("Budget of a run, the recipe's own if left out") var budget: BudgetOptions
  @OptionGroup("Place") var place: SweepPlaceOptions

  func run(_ console: Console) throws {
    if let folder = getenv(Self.workerVariable) {
      return try withDevice(named: place.device, threads: place.threads) {
        try SweepWorker(String(cString: folder), withReports: reports).serve()
      }
    }
    let recipe = try requiredRecipe(learning.recipe.name)
    if let name = place.name { try LatentCLI.check(runName: name) }
    let (plan, config) = try plan(recipe)
    let path = "\(place.out.text)/\(place.name ?? plan.folderName)"
    let begun = SweepFolder.exists(at: path) ? try SweepFolder(existing: path) : nil
    let former = try begun?.record()
    if let former, let begun { try compare(plan, with: former, in: begun) }
    let threads = former?.threads ?? place.threads(for: plan.points.count)
    try withDevice(named: place.device, threads: threads) {
      let splits = try recipe.form(DatasetRegistry.open(learning.data))
      func request(_ point: SweepPoint) throws -> TrainingRequest {
        var request = TrainingRequest(
          recipe: recipe, config: config, source: learning.data, splits: splits,
          budget: budget.value,
          seed: point.seed)
        for setting in point.settings {
          try request.config.set(setting.description, from: "--grid")
        }
        return request
      }
      let jobs = place.jobs(for: plan.points.count, threads: threads)
      if dryRun { return try showCost(of: plan, jobs: jobs, request: request, on: console) }
      let method = try makeEach(plan, request)
      let record = SweepRecord(
        plan: plan, fingerprint: try splits.fingerprint, threads: threads,
        libtorch: TorchRuntime.version, commandLine: CommandLine.arguments)
      if let former { try begun?.check(record.fingerprint, in: former) }
      let folder = try begun ?? SweepFolder(record, at: path)
      let sweep = try Sweep(
        folder, record: former ?? record, jobs: jobs, withReports: reports, method: method,
        console: console)
      try sweep.run()
    }
  }

  /// What the command line asks for, and the settings that all runs share.
  private func plan(_ recipe: any Recipe) throws -> (SweepPlan, Config) {
    let config = try learning.config(for: recipe)
    let axes = try grid.map { try $0.axis(in: config) }
    for (index, axis) in axes.enumerated() {
      let isGiven = learning.settings.contains { $0.text.hasPrefix("\(axis.key)=") }
      guard !isGiven, !axes[..<index].contains(where: { $0.key == axis.key }) else {
        throw CommandError.usage(
          "\(axis.key) is given twice, in --grid and in \(isGiven ? "--set" : "another --grid")",
          remedy: "keep one of them")
      }
    }
    var texts: [String: String] = [:]
    for member in config.json.members { texts[member.name] = ConfigField.text(of: member.value) }
    let plan = SweepPlan(
      recipe: recipe.name, data: learning.data, config: texts, axes: axes,
      seeds: seeds?.seeds ?? [0],
      budget: budget.value?.description, device: place.device)
    guard !plan.points.isEmpty else {
      throw CommandError.usage(
        "expected at most \(NumberText.grouped(SweepPlan.limit)) runs, found more",
        remedy: "leave values or seeds away")
    }
    return (plan, config)
  }

  /// Throws `CommandError` (exit code 2) where a sweep of the same name is another one.
  private func compare(
    _ plan: SweepPlan, with former: SweepRecord, in folder: SweepFolder
  ) throws {
    if let difference = plan.difference(to: former.plan) {
      throw CommandError.usage(
        "\(folder.path) is another sweep: this one has \(difference)",
        remedy: "choose another --name, or go on with latent sweep --resume \(folder.path)")
    }
    if let threads = place.threads, threads != former.threads {
      throw CommandError.usage(
        "\(folder.path): expected --threads \(former.threads) as at its beginning, found \(threads)",
        remedy:
          "leave --threads away, since other numbers round otherwise, or choose another --name")
    }
  }

  /// Makes the method of each choice once, so that what a recipe refuses is refused before anything starts;
  /// gives the first.
  private func makeEach(
    _ plan: SweepPlan, _ request: (SweepPoint) throws -> TrainingRequest
  ) throws -> any Method {
    let points = plan.points.filter { $0.seed == plan.seeds.first }
    let first = try request(points[0]).makeMethod()
    for point in points.dropFirst() { _ = try request(point).makeMethod() }
    return first
  }
}
