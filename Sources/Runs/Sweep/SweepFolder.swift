import FoundationEssentials
import Torch

/// A sweep's folder: `sweep.json`, a run folder for each run, and `report.html` at the end.
public struct SweepFolder: Sendable, Hashable {
  /// The name of the record's file.
  public static let fileName = "sweep.json"
  /// The folder's path.
  public let path: String

  /// The sweep in an existing folder; throws `FileError` unless it holds a `sweep.json`.
  public init(existing path: String) throws {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard Self.exists(at: path) else {
      throw FileError(
        path: path, problem: "is no sweep: it holds no \(Self.fileName)",
        remedy: "name a folder that `latent sweep` made")
    }
  }

  /// Makes the folder and writes the record; throws `FileError` if the place is taken or cannot be written to,
  /// and then nothing that was made is left.
  public init(_ record: SweepRecord, at path: String) throws {
    self.path = path
    var made = MadeFolders()
    try made.make(path)
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: path)
      // A killed process may have left its lock or half a record.
      guard names.allSatisfy({ $0 == ".lock" || $0.contains(".part-") }) else {
        throw FileError(
          path: path, problem: "there is something of this name already that is no sweep",
          remedy: "choose another --name")
      }
      try JSONFile.write(record, to: "\(path)/\(Self.fileName)")
    } catch {
      made.undo()
      throw error
    }
  }

  /// Whether a folder holds a sweep.
  public static func exists(at path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/\(fileName)")
  }

  /// The sweeps in a folder, by name; none if there is no such folder.
  public static func all(in parent: String) -> [SweepFolder] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    return names.sorted().compactMap { try? SweepFolder(existing: "\(parent)/\($0)") }
  }

  /// Reads `sweep.json`; throws `FileError` if it is damaged or of a later layout.
  public func record() throws -> SweepRecord {
    try SweepRecord.read(
      "\(path)/\(Self.fileName)", what: "sweep", untouched: "the runs beside it"
    ) { $0.threads > 0 && $0.runs == $0.plan.points.map(\.name) }
  }

  /// The right to train the sweep, which one process has at a time; throws `FileError` while another has it.
  public func lock() throws -> RunLock {
    try RunLock(at: path, busy: "another process is at work on this sweep")
  }

  /// The path of a run's folder.
  public func path(of point: SweepPoint) -> String { "\(path)/\(point.name)" }
}
