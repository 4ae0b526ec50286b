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

/// Trains runs of a sweep one after another, as a child of `latent sweep`: tasks come on stdin, answers go to stdout.
///
/// The data are read once. When stdin ends, because all is done, somebody stopped the sweep or its process died,
/// the run at work is kept with its state.
final class SweepWorker {
  private let folder: SweepFolder
  private let record: SweepRecord
  private let recipe: any Recipe
  private let splits: DatasetSplits
  private let withReports: Bool
  private var lastSaid = ContinuousClock.now - .seconds(1)

  /// Opens the data of the sweep in the folder at `path`; throws what data and files throw.
  init(_ path: String, withReports: Bool) throws {
    folder = try SweepFolder(existing: path)
    record = try folder.record()
    recipe = try requiredRecipe(record.plan.recipe)
    splits = try recipe.form(DatasetRegistry.open(record.plan.data))
    self.withReports = withReports
    try folder.check(splits.fingerprint, in: record)
  }

  /// Answers until stdin ends.
  func serve() {
    // Who reads the answers may die; then stdin ends too.
    signal(SIGPIPE, SIG_IGN)
    StopRequest.listen()
    while !Self.isStopped, let line = readLine() {
      guard let task = SweepTask(line) else { continue }
      say(answer(task))
    }
  }

  private func answer(_ task: SweepTask) -> SweepAnswer {
    do {
      return try train(task)
    } catch {
      let known = error as? CommandError ?? (error as? ConfigError).map { CommandError($0) }
      let shown =
        known ?? commandError(error) ?? .environment("\(error)", remedy: "run latent doctor")
      return .failed(SweepFailure(reason: shown.message, remedy: shown.remedy))
    }
  }

  private func train(_ task: SweepTask) throws -> SweepAnswer {
    let session = try open(task)
    switch try session.train(until: { Self.isStopped }) {
    case .finished:
      try withDevice(.cpu) {
        try RunResults(session, withReport: withReports).write(to: session.folder)
      }
      return .finished
    case .interrupted: return .interrupted
    case .diverged(let what, let step, _):
      return .failed(
        SweepFailure(
          reason: "\(what) after step \(step)", remedy: divergenceRemedy(session.config)))
    }
  }

  /// The run where it stands, or a new one.
  private func open(_ task: SweepTask) throws -> TrainingSession {
    waitForHolder(of: task.run)
    if (try? RunFolder(existing: task.run)) != nil {
      return try TrainingSession(
        resuming: OpenedRun(task.run, recipes: Recipes.all), splits: splits, observe: show)
    }
    var config = Config(recipe.settings + TrainingSettings.schema)
    for (key, value) in record.plan.config.sorted(by: { $0.key < $1.key }) {
      try config.set("\(key)=\(value)", from: SweepFolder.fileName)
    }
    for setting in task.settings {
      try config.set(setting.description, from: SweepFolder.fileName)
    }
    let request = TrainingRequest(
      recipe: recipe, config: config, source: record.plan.data, splits: splits,
      budget: record.plan.budget.flatMap { Budget($0) }, seed: task.seed, parent: folder.path,
      name: task.run.split(separator: "/").last.map(String.init),
      commandLine: record.commandLine)
    return try TrainingSession(request, observe: show)
  }

  /// A process of a sweep that was killed may finish its step before it sees that.
  private func waitForHolder(of run: String) {
    for _ in 0..<600 where RunLock.holder(of: run) != nil && !Self.isStopped { usleep(100_000) }
  }

  private func show(_ notice: TrainingNotice) {
    guard case .progress(let progress) = notice,
      ContinuousClock.now - lastSaid > .milliseconds(200)
    else { return }
    lastSaid = ContinuousClock.now
    say(.progress(progress.fraction))
  }

  private func say(_ answer: SweepAnswer) { Console.write(answer.line + "\n", to: STDOUT_FILENO) }

  /// Whether somebody asked to stop, or who gives the tasks is gone.
  private static var isStopped: Bool {
    var input = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
    return StopRequest.isMade || poll(&input, 1, 0) > 0 && input.revents & Int16(POLLHUP) != 0
  }
}
