import Datasets
import FoundationEssentials
import Torch

/// A run's folder: plain files that open without this package.
///
///     run.json · events.jsonl · checkpoints/ · evaluation.json · figures/ · report.html
public struct RunFolder: Sendable, Hashable {
  /// The folder's path.
  public let path: String

  /// The run in an existing folder; throws `FileError` unless it holds a `run.json`.
  public init(existing path: String) throws {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard FileManager.default.fileExists(atPath: file("run.json")) else {
      throw FileError(
        path: path, problem: "is no run: it holds no run.json",
        remedy: "name a folder that `latent train` made; `latent list runs` shows them")
    }
  }

  /// A folder that is not made, for steps that are only tried.
  init(unmade path: String) { self.path = path }

  /// Makes a new folder `<date>-<recipe>-<data>-<four letters>` in `parent`, or `name` exactly.
  ///
  /// Throws `FileError` if the parent cannot be written to or `name` is taken; then no folder that
  /// was made is left.
  public init(in parent: String, recipe: String, data: String, name: String? = nil) throws {
    var made = MadeFolders()
    try self.init(in: parent, recipe: recipe, data: data, name: name, recording: &made)
  }

  /// As above, and `made` can take everything back.
  init(
    in parent: String, recipe: String, data: String, name: String?,
    recording made: inout MadeFolders
  ) throws {
    path = "\(parent)/\(name ?? Self.freeName(in: parent, recipe: recipe, data: data))"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw FileError(
        path: path, problem: "there is a run of this name already",
        remedy: "choose another --name, or go on with latent resume \(path)")
    }
    do {
      for folder in ["checkpoints", "figures"] { try made.make(file(folder)) }
    } catch {
      made.undo()
      throw error
    }
  }

  /// `<date>-<recipe>-<data>-<four letters>`, the data without what folders' names should not hold.
  package static func freeName(in parent: String, recipe: String, data: String) -> String {
    let last = data.split(separator: "/").last ?? "data"
    let plain = last.prefix(40).map { character in
      character.isLetter || character.isNumber || "._-".contains(character) ? character : "-"
    }
    let stem = "\(Timestamp.now.prefix(10))-\(recipe)-\(String(plain))"
    var name = ""
    repeat {
      let suffix = String(UInt32.random(in: 0..<0x10000) | 0x10000, radix: 16).dropFirst()
      name = "\(stem)-\(suffix)"
    } while FileManager.default.fileExists(atPath: "\(parent)/\(name)")
    return name
  }

  /// The path of a file in the folder.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The folder's own name.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Reads `run.json`; throws `FileError` if it is damaged or of a later layout.
  public func record() throws -> RunRecord {
    try RunRecord.read(
      file("run.json"), what: "run", untouched: "the weights in checkpoints/",
      where: \.schema.isPlausible)
  }

  /// Replaces `run.json` in one piece; throws `FileError`.
  public func write(_ record: RunRecord) throws { try writeJSON(record, to: "run.json") }

  /// Replaces a JSON file of the folder in one piece; throws `FileError`.
  public func writeJSON<Value: Encodable>(_ value: Value, to name: String) throws {
    try JSONFile.write(value, to: file(name))
  }
}

/// Points in time as texts.
public enum Timestamp {
  /// Now in UTC, ISO 8601 to the second.
  public static var now: String { Date.now.formatted(.iso8601) }
}

extension RunFolder {
  /// The runs in a folder, by name; none if there is no such folder.
  public static func all(in parent: String) -> [RunFolder] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    return names.sorted().compactMap { try? RunFolder(existing: "\(parent)/\($0)") }
  }

  /// Whether the folder is there.
  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// What to say when it is not, though a run is trained in it.
  var removal: FileError {
    FileError(
      path: path, problem: "the run's folder was removed while it was trained",
      remedy: "train again: the same command with the same seed gives the same run")
  }

  /// Removes what a killed process was writing; only for the holder of the run's lock.
  func removeUnfinishedFiles() {
    for folder in [path, file("checkpoints"), file("figures")] {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names where name.contains(".part-") {
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    }
  }
}
