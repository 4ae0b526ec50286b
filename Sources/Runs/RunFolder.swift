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

  /// Makes a new folder `<date>-<recipe>-<data>-<four letters>` in `parent`, or `name` exactly.
  ///
  /// Throws `FileError` if the parent cannot be written to or `name` is taken.
  public init(in parent: String, recipe: String, data: String, name: String? = nil) throws {
    let manager = FileManager.default
    do {
      try manager.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw Self.cannotMake(parent)
    }
    if let name {
      self.path = "\(parent)/\(name)"
      guard !manager.fileExists(atPath: path) else {
        throw FileError(
          path: path, problem: "there is a run of this name already",
          remedy: "choose another --name, or go on with `latent resume \(path)`")
      }
    } else {
      let plain = data.split(separator: "/").last.map(String.init) ?? data
      let stem = "\(parent)/\(Timestamp.now.prefix(10))-\(recipe)-\(plain)"
      var candidate = ""
      repeat {
        let suffix = String(UInt32.random(in: 0..<0x10000) | 0x10000, radix: 16).dropFirst()
        candidate = "\(stem)-\(suffix)"
      } while manager.fileExists(atPath: candidate)
      self.path = candidate
    }
    do {
      try manager.createDirectory(atPath: file("checkpoints"), withIntermediateDirectories: true)
      try manager.createDirectory(atPath: file("figures"), withIntermediateDirectories: true)
    } catch {
      throw Self.cannotMake(path)
    }
  }

  private static func cannotMake(_ path: String) -> FileError {
    FileError(
      path: path, problem: "the folder cannot be made",
      remedy: "choose a place that you may write to with --out")
  }

  /// The path of a file in the folder.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The folder's own name.
  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Reads `run.json`; throws `FileError` if it is damaged.
  public func record() throws -> RunRecord {
    let path = file("run.json")
    do {
      return try JSONDecoder().decode(RunRecord.self, from: Data(try InputFile(path).all()))
    } catch is DecodingError {
      throw FileError(
        path: path, problem: "is no record of a run",
        remedy: "restore the file from a copy; the weights in checkpoints/ are untouched")
    }
  }

  /// Replaces `run.json` in one piece; throws `FileError`.
  public func write(_ record: RunRecord) throws { try writeJSON(record, to: "run.json") }

  /// Replaces a JSON file of the folder in one piece; throws `FileError`.
  public func writeJSON<Value: Encodable>(_ value: Value, to name: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try AtomicFile.write([UInt8](try encoder.encode(value)) + [0x0A], to: file(name))
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
}
