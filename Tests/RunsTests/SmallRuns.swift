import Datasets
import Foundation
import LatentCore
import LatentModels
import Runs
import Torch

/// Runs `body` with the path of a folder of its own, which is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// What is asked of a small run: a VAE of a few units on the digits, ten steps an epoch.
func smallRequest(
  in parent: String, name: String, steps: Int = 25, seed: UInt64 = 0, set settings: [String] = []
) throws -> TrainingRequest {
  var config = Config(AutoencoderRecipe.vae.settings + TrainingSettings.schema)
  for setting in ["hidden=6", "latent=2", "learning-rate=0.01"] + settings {
    try config.set(setting)
  }
  return TrainingRequest(
    recipe: AutoencoderRecipe.vae, config: config, source: "digits",
    splits: try DatasetRegistry.open("digits"), budget: .steps(steps), seed: seed, parent: parent,
    name: name)
}

/// Trains a small run to its end and gives its path.
func smallRun(
  in parent: String, name: String = "small", steps: Int = 25, seed: UInt64 = 0,
  set settings: [String] = []
) throws -> String {
  let session = try TrainingSession(
    smallRequest(in: parent, name: name, steps: steps, seed: seed, set: settings)
  ) { _ in }
  _ = try session.train { false }
  return session.folder.path
}

/// Goes on with a run, as the command does.
func resume(
  _ path: String, until isStopped: () -> Bool = { false }
) throws -> TrainingOutcome {
  let opened = try OpenedRun(path, recipes: Recipes.all)
  return try TrainingSession(resuming: opened) { _ in }.train(until: isStopped)
}

/// Says true from the call after `count` on, which is after `count` steps.
func after(_ count: Int) -> () -> Bool {
  var calls = 0
  return {
    calls += 1
    return calls > count
  }
}

/// The files that two equal runs have in common byte for byte.
func lastingFiles(_ path: String) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in [
    "events.jsonl", "checkpoints/state.safetensors", "checkpoints/last.safetensors",
    "checkpoints/best.safetensors",
  ] {
    files[name] = FileManager.default.contents(atPath: "\(path)/\(name)")
  }
  return files
}

/// What `body` throws as the two lines that the command prints, with `folder` written as `·`; empty
/// if it throws nothing, the type's name for an error without a remedy.
func refusal<Result>(in folder: String = "", _ body: () throws -> Result) -> String {
  var text = ""
  do {
    _ = try body()
  } catch let error as FileError {
    text = "\(error)\n\(error.remedy)"
  } catch let error as RecipeError {
    text = "\(error)\n\(error.remedy)"
  } catch {
    text = "\(type(of: error)): \(error)"
  }
  return folder.isEmpty ? text : text.replacing(folder, with: "·")
}
