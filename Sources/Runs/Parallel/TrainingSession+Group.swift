import Datasets
import LatentCore
import Parallel
import Torch

extension TrainingRequest {
  /// The run's folder: made by the process that writes, only named in the others.
  func makeFolder(recording made: inout MadeFolders) throws -> RunFolder {
    guard let group, !group.leads else {
      let folder = try RunFolder(
        in: parent, recipe: recipe.name, data: source, name: name, recording: &made)
      _ = group?.broadcast(folder.path)
      return folder
    }
    return RunFolder(unmade: group.broadcast(""))
  }
}

extension TrainingSession {
  /// Refuses processes that do not train the same, and finds out what several processes change.
  ///
  /// Throws `DifferingProcess` in those whose data, settings or version are others than process 0's.
  func checkGroup() throws {
    guard let group = trainer.shared?.group else { return }
    let mine =
      [
        "data \(record.data.fingerprint)", "version \(record.version)", "seed \(record.seed)",
        "budget \(record.budget)",
      ] + record.config.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let first = group.broadcast(mine.joined(separator: "\n")).split(separator: "\n").map(
      String.init)
    for (expected, found) in zip(first, mine) where expected != found {
      throw DifferingProcess(expected: expected, found: found)
    }
    let twin = try withDevice(.cpu) {
      try recipe.make(config, data: splits.train.schema, using: Generator(seed: 0))
    }
    termsThatAreNoMeans = try trainer.termsThatAreNoMeans(twin)
  }
}

/// A process that would train something else than process 0.
public struct DifferingProcess: Error, CustomStringConvertible {
  let expected: String
  let found: String

  /// What differs.
  public var description: String {
    "expected the same in every process, \(expected) in the first, found \(found)"
  }
  /// What to do about it.
  public var remedy: String {
    "give all machines the same data and the same build, and start one command with mpirun"
  }
}
