import FoundationEssentials
import Torch

/// How far a run of a sweep is.
public enum SweepState: Sendable, Hashable {
  /// It has no record yet.
  case absent
  /// It was begun; whether it was trained, failed or died, resuming it brings it to its end.
  case begun
  /// It was trained to its end and measured.
  case finished
}

extension SweepFolder {
  /// How far a run is.
  ///
  /// Throws `FileError` if its record is damaged, or of another run than the plan's.
  public func state(of point: SweepPoint, in record: SweepRecord) throws -> SweepState {
    guard let folder = try? RunFolder(existing: path(of: point)) else { return .absent }
    let found = try folder.record()
    if let difference = difference(found, point, record) {
      throw FileError(
        path: folder.path, problem: "holds another run than the sweep's: \(difference)",
        remedy: "move it away, then give the same command again")
    }
    let isMeasured = FileManager.default.fileExists(atPath: folder.file("evaluation.json"))
    return found.status == .finished && isMeasured ? .finished : .begun
  }

  /// Throws `FileError` unless `fingerprint` is that of the data that the sweep was begun with.
  public func check(_ fingerprint: String, in record: SweepRecord) throws {
    guard fingerprint == record.fingerprint else {
      throw FileError(
        path: record.plan.data,
        problem:
          "has changed since the sweep began: expected \(record.fingerprint), found \(fingerprint)",
        remedy: "restore the data, or begin another sweep with another --name")
    }
  }

  private func difference(
    _ found: RunRecord, _ point: SweepPoint, _ record: SweepRecord
  ) -> String? {
    let plan = record.plan
    func words(_ what: String, _ expected: String, _ found: String) -> String? {
      expected == found ? nil : "expected \(what) \(expected), found \(found)"
    }
    let config = plan.config(of: point)
    let key = Set(config.keys).union(found.config.keys).sorted().first {
      config[$0] != found.config[$0]
    }
    return words("recipe", plan.recipe, found.recipe)
      ?? words("seed", "\(point.seed)", "\(found.seed)")
      ?? words("data", record.fingerprint, found.data.fingerprint)
      ?? plan.budget.flatMap { words("budget", $0, found.budget) }
      ?? key.flatMap { words($0, config[$0] ?? "unset", found.config[$0] ?? "unset") }
  }

  /// Takes away what a run left that died before it had a record, so that it can begin.
  ///
  /// Only for the holder of the sweep's lock. Removes nothing but a run's own files and empty folders.
  public func clearUnbegun(_ point: SweepPoint) {
    let run = path(of: point)
    guard !FileManager.default.fileExists(atPath: "\(run)/run.json") else { return }
    var left = MadeFolders(paths: [run, "\(run)/checkpoints", "\(run)/figures"])
    RunFolder(unmade: run).removeUnfinishedFiles()
    left.undo()
  }
}
