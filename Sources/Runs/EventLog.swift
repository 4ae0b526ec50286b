import FoundationEssentials
import Torch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One line of `events.jsonl`: the terms of a split at a step, each the mean over its examples.
public struct Event: Codable, Sendable, Equatable {
  /// A number with its unit.
  public struct Quantity: Codable, Sendable, Equatable {
    /// The mean.
    public var value: Double
    /// What it is measured in, such as `nat`; empty for a plain number.
    public var unit: String

    /// A number with its unit.
    public init(value: Double, unit: String) {
      self.value = value
      self.unit = unit
    }
  }

  /// Updates done.
  public var step: Int
  /// Epochs done, with the fraction of the present one.
  public var epoch: Double
  /// `train`, `validation` or `test`.
  public var split: String
  /// The terms by name.
  public var terms: [String: Quantity]

  /// The terms of a split at a step.
  public init(step: Int, epoch: Double, split: String, terms: [String: Quantity]) {
    self.step = step
    self.epoch = epoch
    self.split = split
    self.terms = terms
  }
}

/// The growing file of events, one JSON object a line.
///
/// Holds numbers, never tensors, so that a long history keeps no graph alive.
public final class EventLog {
  private let path: String
  private let descriptor: Int32
  private let encoder: JSONEncoder
  /// The file's length in bytes, which a checkpoint keeps.
  public private(set) var length: Int

  /// Opens the log, cut to `length` bytes: what lies beyond a checkpoint is about to happen again.
  ///
  /// Throws `FileError`, also for a log that is shorter than that.
  public init(_ folder: RunFolder, keeping length: Int = 0) throws {
    path = folder.file("events.jsonl")
    descriptor = open(path, O_WRONLY | (length == 0 ? O_CREAT : 0) | O_CLOEXEC, 0o644)
    self.length = length
    encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard descriptor >= 0 else { throw failure("cannot be opened") }
    let found = Int(lseek(descriptor, 0, SEEK_END))
    guard found >= length else {
      throw FileError(
        path: path, problem: "is cut off: expected at least \(length) bytes, found \(found)",
        remedy: "restore it from a copy, or train anew")
    }
    guard ftruncate(descriptor, off_t(length)) == 0,
      lseek(descriptor, 0, SEEK_END) == off_t(length)
    else { throw failure("cannot be opened") }
  }

  deinit { close(descriptor) }

  /// Adds a line; throws `FileError`, and then the file ends with the last whole line.
  public func append(_ event: Event) throws {
    let line = [UInt8](try encoder.encode(event)) + [0x0A]
    var done = 0
    while done < line.count {
      let written = line[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        let problem = failure("cannot be written")
        ftruncate(descriptor, off_t(length))
        lseek(descriptor, off_t(length), SEEK_SET)
        throw problem
      }
      done += written
    }
    length += line.count
  }

  /// Makes all lines last through a loss of power; throws `FileError`.
  public func flush() throws {
    guard fsync(descriptor) == 0 else { throw failure("cannot be flushed") }
  }

  /// Whether a run has written its first line.
  static func isBegun(_ folder: RunFolder) -> Bool {
    ((try? InputFile(folder.file("events.jsonl")))?.count ?? 0) > 0
  }

  /// Reads all events of a run; a last line that was cut off by a kill is left out.
  ///
  /// Throws `FileError` for a missing file and for any other line that is no event.
  public static func read(_ folder: RunFolder) throws -> [Event] {
    let path = folder.file("events.jsonl")
    var lines = try InputFile(path).all().split(separator: 0x0A, omittingEmptySubsequences: false)
    // What follows the last line feed is nothing, or the beginning of a line.
    lines.removeLast()
    let decoder = JSONDecoder()
    return try lines.enumerated().map { index, line in
      do {
        return try decoder.decode(Event.self, from: Data(line))
      } catch {
        throw FileError(
          path: path, problem: "line \(index + 1) is no event",
          remedy: "restore the file from a copy, or remove the line")
      }
    }
  }

  private func failure(_ what: String) -> FileError {
    let code = errno
    return FileError(
      path: path, problem: "\(what): \(String(cString: strerror(code)))",
      remedy: code == ENOSPC || code == EDQUOT
        ? "free space on the disk" : "check the folder and the disk")
  }
}
