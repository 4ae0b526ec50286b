import Datasets
import Foundation
import LatentCore
import LatentModels
import Runs
import Torch

extension Reader {
  /// The readers of run folders; a small run is trained for them in `folder`.
  static func runs(in folder: String) throws -> [Reader] {
    let path = try smallRun(in: folder)
    let run = try RunFolder(existing: path)
    func seed(_ name: String) throws -> [UInt8] { try InputFile(run.file(name)).all() }
    let record = try seed("run.json")
    let archive = "\(folder)/seed.tar"
    _ = try run.export(to: archive)
    return [
      Reader(
        name: "run.json", path: "run/run.json", seeds: [record],
        hostile: ["[", "{\"a\":", "[1,", "\"\\u0041"].map { Corpus.repeated($0, bytes: 2 << 20) },
        reads: [
          { path in
            let folder = parent(path)
            _ = try RunFolder(existing: folder).record()
            _ = IndexedRun("run", in: parent(folder))
          }
        ]),
      Reader(
        name: "state", path: "run/checkpoints/state.safetensors",
        seeds: [try seed("checkpoints/state.safetensors")],
        reads: [
          { path in
            let opened = try OpenedRun(parent(parent(path)), recipes: Recipes.all)
            _ = try TrainingSession(resuming: opened) { _ in }
          }
        ]),
      Reader(
        name: "events", path: "run/events.jsonl", seeds: [try seed("events.jsonl")],
        reads: [
          { path in
            let folder = parent(path)
            _ = IndexedRun("run", in: parent(folder))
            _ = try EventLog.read(RunFolder(existing: folder))
          }
        ]),
      Reader(
        name: "tar", path: "x.tar", seeds: [try InputFile(archive).all()],
        reads: [
          { path in
            let imported = try RunFolder.importing(path, into: parent(path), name: "imported")
            imported.folder.remove()
          }
        ]),
    ]
  }

  private static func parent(_ path: String) -> String {
    String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
  }

  /// A VAE of a few units on the digits, trained for two epochs.
  private static func smallRun(in folder: String) throws -> String {
    var config = Config(AutoencoderRecipe.vae.settings + TrainingSettings.schema)
    for setting in ["hidden=3", "latent=2", "batch-size=512"] { try config.set(setting) }
    let request = TrainingRequest(
      recipe: AutoencoderRecipe.vae, config: config, source: "digits",
      splits: try DatasetRegistry.open("digits"), budget: .steps(6), parent: folder, name: "run")
    let session = try TrainingSession(request) { _ in }
    _ = try session.train { false }
    return session.folder.path
  }
}
