import Datasets
import Evaluation
import LatentCore
import LatentModels
import LatentNN
import Parallel
import Report
import Runs
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program at the top.
struct LatentCommand: CommandGroup {
  static let summary = CommandSummary(
    "latent", "A workbench for latent representations: train, evaluate, sample, report.",
    examples: [
      .init("latent train vae --data digits", "trains on handwritten digits and writes a report"),
      .init("latent list recipes", "shows what can be trained"),
      .init("latent doctor", "shows what is installed and checks that it works"),
    ])

  static var subcommands: [any Command.Type] {
    [
      TrainCommand.self, ResumeCommand.self, SweepCommand.self, EvaluateCommand.self,
      DiagnoseCommand.self,
      CompareCommand.self,
      EncodeCommand.self, DecodeCommand.self, SampleCommand.self, ReconstructCommand.self,
      TraverseCommand.self, InterpolateCommand.self, PredictCommand.self, StitchCommand.self,
      ReportCommand.self,
      CiteCommand.self,
      ListCommand.self, DataCommand.self, ExportCommand.self, ImportCommand.self,
      ReproduceCommand.self, BenchCommand.self, StudioCommand.self, RoomCommand.self,
      DoctorCommand.self, CompletionsCommand.self,
    ]
  }
}

/// The whole program: reads the command line, runs the command, returns the exit code.
public func runLatent(_ words: [String]) -> Int32 {
  // A shape that does not fit is the package's mistake, not the user's: one line all the same.
  let isJSON = words.prefix { $0 != "--" }.contains("--json")
  let team = Launch.current.map(Team.init)
  TorchRuntime.onError { [notice = team?.notice] error in
    let shown = CommandError.environment(
      "\(error)",
      remedy: "this should not happen; please report the command with this line")
    notice?.stop(shown, isJSON: isJSON)
    Console(isJSON: isJSON).finish(shown)
    exit(shown.code.rawValue)
  }
  let tree = CommandTree(LatentCommand.self, version: PackageIdentity.version)
  return team?.run(words, tree) ?? tree.main(words, translating: commandError).rawValue
}

/// The command error for what other modules throw; nil for what nobody foresaw.
func commandError(_ error: any Error) -> CommandError? {
  switch error {
  case let error as FileError: .environment("\(error)", remedy: error.remedy)
  case let error as DatasetError:
    CommandError(
      error.kind == .usage ? .usage : .environment, "\(error)", remedy: error.remedy)
  case let error as ParallelError: .environment("\(error)", remedy: error.remedy)
  case let error as DifferingProcess: .environment("\(error)", remedy: error.remedy)
  case let error as RecipeError: .usage("\(error)", remedy: error.remedy)
  case let error as TranslationError: .usage("\(error)", remedy: error.remedy)
  case let error as DeviceError: .environment("\(error)", remedy: error.remedy)
  case let error as RunQueryError: .usage("\(error)", remedy: error.remedy)
  case let error as StateMismatch:
    .environment(
      "the weights do not fit the model: \(error)",
      remedy: "use the version of the package that made the run")
  case let error as PictureError:
    .usage("\(error)", remedy: "choose a model and data whose examples are pictures")
  case let error as MetricError: .environment("\(error)", remedy: error.remedy)
  case let error as TorchError:
    .environment("\(error)", remedy: "run latent doctor, and check the data")
  default: nil
  }
}
